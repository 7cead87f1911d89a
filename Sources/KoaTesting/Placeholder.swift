import Koa
