// error: pack expansion requires|missing argument

import KoaRouter

let post = Route("/users/:user/posts/:post", Int.self, String.self)

func url() -> String { post.url(3) }
