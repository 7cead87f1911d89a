-- The requests that wrk sends, and the one line of figures that the driver reads.
--   wrk … -s load.lua URL -- plain | pipelined | connections [METHOD HEADER VALUE [FILE or SIZE]]
-- A VALUE of @FILE takes the lines of a file in turn.
function init(arguments)
    if arguments[1] == "connections" then wrk.headers["Connection"] = "close" end
    if arguments[2] then
        wrk.method = arguments[2]
        wrk.headers[arguments[3]] = arguments[4]
    end
    local size = arguments[5] and tonumber(arguments[5])
    if size then
        wrk.body = string.rep("k", size)
    elseif arguments[5] then
        local file = io.open(arguments[5], "rb")
        wrk.body = file:read("*a")
        file:close()
    end
    if arguments[4] and arguments[4]:sub(1, 1) == "@" then
        local requests = {}
        for line in io.lines(arguments[4]:sub(2)) do
            wrk.headers[arguments[3]] = line
            requests[#requests + 1] = wrk.format()
        end
        local turn = 0
        wrk.request = function()
            turn = turn % #requests + 1
            return requests[turn]
        end
        _G.request = wrk.request
        return
    end
    local request = wrk.format()
    if arguments[1] == "pipelined" then request = string.rep(request, 16) end
    wrk.request = function() return request end
    _G.request = wrk.request
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        "FIGURES requests=%d microseconds=%d bytes=%d p50=%d p99=%d errors=%d\n",
        summary.requests, summary.duration, summary.bytes,
        latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout
    ))
end
