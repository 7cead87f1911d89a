-- Requests of several kinds in turn, and an end after so many responses.
--   wrk -t1 … -s requests.lua URL -- RESPONSES
local kinds, closing
local sent, received, limit = 0, 0, 0

function init(arguments)
    limit = tonumber(arguments[1])
    local body = string.rep("0123456789abcdef", 64)
    kinds = {
        wrk.format("GET", "/"),
        wrk.format("POST", "/body", nil, body),
        wrk.format("GET", "/missing?with=a&query=b"),
    }
    closing = wrk.format("GET", "/", { Connection = "close" })
end

function request()
    sent = sent + 1
    -- Connections come and go, too.
    if sent % 100 == 0 then return closing end
    return kinds[sent % #kinds + 1]
end

function response()
    received = received + 1
    if received >= limit then wrk.thread:stop() end
end
