@_exported import Koa
