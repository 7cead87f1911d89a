// error: cannot convert value of type 'String' to expected argument type 'Int'

import KoaRouter

let post = Route("/users/:user/posts/:post", Int.self, String.self)

func url() -> String { post.url("ada", "hello") }
