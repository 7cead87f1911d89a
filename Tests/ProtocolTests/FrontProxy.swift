import Foundation

/// A proxy that stands before the server: how it is configured, and where it is installed.
struct FrontProxy: Sendable {
    let name: String
    private let program: String
    private let arguments: @Sendable (_ folder: String) -> [String]
    private let configuration: @Sendable (_ folder: String, _ port: Int) -> String

    /// Where the program is; nil when it isn't installed.
    var path: String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return (folders + ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"]).lazy.map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Writes the configuration into a folder, and returns the command that starts the proxy.
    ///
    /// It listens on the folder's `front.sock`, forwards to a port of this machine over connections that it keeps, and
    /// writes a line of ``Forwarded`` to its output for each request.
    func command(in folder: String, port: Int) throws -> [String] {
        try configuration(folder, port).write(toFile: "\(folder)/configuration", atomically: true, encoding: .utf8)
        return [path ?? program] + arguments(folder)
    }

    /// - Parameter isBuffering: whether a body is read whole before its request is forwarded.
    static func nginx(isBuffering: Bool) -> FrontProxy {
        FrontProxy(
            name: "nginx", program: "nginx",
            arguments: { ["-p", $0, "-c", "\($0)/configuration", "-e", "\($0)/errors"] },
            configuration: { folder, port in
                // The user only counts for root, whose workers couldn't read the folder as anyone else.
                """
                daemon off;
                user root;
                pid \(folder)/pid;
                error_log \(folder)/errors info;
                events { worker_connections 64; }
                http {
                    log_format front escape=none
                        '$request_id\t$upstream_addr\t$upstream_status\t$request_method\t$request_uri';
                    access_log /dev/stdout front;
                    client_body_temp_path \(folder)/client;
                    proxy_temp_path \(folder)/proxy;
                    fastcgi_temp_path \(folder)/fastcgi;
                    uwsgi_temp_path \(folder)/uwsgi;
                    scgi_temp_path \(folder)/scgi;
                    client_header_timeout 1s;
                    client_body_timeout 1s;
                    upstream back {
                        server 127.0.0.1:\(port);
                        keepalive 1;
                    }
                    server {
                        listen unix:\(folder)/front.sock;
                        merge_slashes off;
                        location / {
                            proxy_pass http://back;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_set_header Host $http_host;
                            proxy_set_header Front-Id $request_id;
                            add_header Front-Id $request_id always;
                            proxy_next_upstream off;
                            proxy_ignore_client_abort on;
                            proxy_request_buffering \(isBuffering ? "on" : "off");
                        }
                    }
                }

                """
            })
    }

    static let haproxy = FrontProxy(
        name: "haproxy", program: "haproxy",
        arguments: { ["-f", "\($0)/configuration", "-db"] },
        configuration: { folder, port in
            """
            global
                log stdout format raw local0
                nbthread 1
                maxconn 64
            defaults
                mode http
                log global
                timeout connect 5s
                timeout client 2s
                timeout server 10s
                timeout http-request 2s
                timeout http-keep-alive 60s
                retries 0
                http-reuse always
            frontend front
                bind unix@\(folder)/front.sock
                unique-id-format %[uuid()]
                http-request set-header Front-Id %[unique-id]
                http-after-response set-header Front-Id %[unique-id]
                log-format "%[unique-id]\\t%s\\t%ST\\t%HM\\t%HU"
                default_backend back
            backend back
                server back 127.0.0.1:\(port) pool-max-conn 1

            """
        })
}

/// What a proxy says of a request that it forwarded.
struct Forwarded: Sendable, Equatable {
    /// The name that it gave it, which its server sees too.
    let id: String
    let status: String
    let method: String
    let target: String

    /// Reads a line of a proxy's output: name, server, status, method and target, with tabs between.
    ///
    /// - Returns: nil for a line of something else, and for a request that went to no server.
    init?(line: Substring) {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, !["", "-", "<NOSRV>"].contains(parts[1]) else { return nil }
        (id, status, method) = (parts[0], parts[2], Self.unescaped(parts[3]))
        // nginx logs a query without a path as it came, and forwards it behind a slash.
        target = (parts[4].hasPrefix("?") ? "/" : "") + Self.unescaped(parts[4])
    }

    /// The text of which haproxy wrote some characters as `#` and two digits, the `#` itself among them.
    private static func unescaped(_ text: String) -> String {
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: String(parts[0])) { text, part in
            if let code = UInt8(part.prefix(2), radix: 16) {
                text.unicodeScalars.append(Unicode.Scalar(code))
                text += part.dropFirst(2)
            } else {
                text += "#" + part
            }
        }
    }
}
