@_exported public import Koa
