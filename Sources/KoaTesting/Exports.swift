// What a test names of Koa (statuses, headers, JSON) needs no second import.
@_exported public import Koa
