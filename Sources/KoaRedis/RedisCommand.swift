#if Redis
    import NIOCore

    /// A command and its arguments, which may be any text.
    struct RedisCommand: Sendable, ExpressibleByArrayLiteral {
        let arguments: [String]

        init(_ arguments: [String]) {
            self.arguments = arguments
        }

        init(arrayLiteral arguments: String...) {
            self.arguments = arguments
        }

        /// Writes the command as Redis reads it (RESP2): how many arguments it has, then each behind its length.
        func write(to buffer: inout ByteBuffer) {
            buffer.writeInteger(UInt8(ascii: "*"))
            Self.writeLine(arguments.count, to: &buffer)
            for argument in arguments {
                buffer.writeInteger(UInt8(ascii: "$"))
                Self.writeLine(argument.utf8.count, to: &buffer)
                buffer.writeString(argument)
                buffer.writeStaticString("\r\n")
            }
        }

        private static func writeLine(_ number: Int, to buffer: inout ByteBuffer) {
            if number < 10 {
                buffer.writeInteger(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
            } else {
                buffer.writeString(String(number))
            }
            buffer.writeStaticString("\r\n")
        }

        /// How many bytes it has, about.
        private var size: Int { arguments.reduce(8) { $0 + $1.utf8.count + 12 } }

        /// The commands in a row.
        static func encode(_ commands: [RedisCommand]) -> ByteBuffer {
            var buffer = ByteBufferAllocator().buffer(capacity: commands.reduce(0) { $0 + $1.size })
            for command in commands { command.write(to: &buffer) }
            return buffer
        }
    }

    extension RedisOptions {
        /// What is sent first on a connection. The last of them tells whether Redis is ready.
        var greeting: [RedisCommand] {
            var commands: [RedisCommand] = []
            // A user may have been given no password: any is right then.
            if let user {
                commands.append(["AUTH", user, password ?? ""])
            } else if let password {
                commands.append(["AUTH", password])
            }
            if database != 0 { commands.append(["SELECT", "\(database)"]) }
            commands.append(["PING"])
            return commands
        }
    }
#endif
