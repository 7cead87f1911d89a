@_exported public import Koa
@_exported public import KoaKeygrip
