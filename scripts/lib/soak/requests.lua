-- Requests of several kinds in turn.
local kinds, closing
local sent = 0

function init()
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
