#include "sync/server/api/http.h"

#include "sync/protocol/messages.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace mado::server {

namespace {

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 202:
            return "Accepted";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Unknown";
    }
}

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7), in English whatever the locale.
std::string http_date(std::chrono::system_clock::time_point now) {
    constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                  kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                  utc.tm_min, utc.tm_sec);
    return text;
}

// Routes are compared byte for byte, so only what could break a line is refused here.
bool is_address_byte(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte > 0x20 && byte != 0x7F;
}

}  // namespace

Reply refuse(int status, const char* route, std::string_view word, std::string_view sentence) {
    Reply reply;
    reply.status = status;
    reply.route = route;
    reply.body = sync::to_json(sync::Refusal{std::string(word), std::string(sentence)});
    return reply;
}

std::string write_head(const Reply& reply, bool keep_alive,
                       std::chrono::system_clock::time_point now) {
    std::string head;
    head.reserve(256);
    head.append("HTTP/1.1 ").append(std::to_string(reply.status)).append(" ");
    head.append(reason_of(reply.status)).append("\r\nDate: ").append(http_date(now));
    head.append("\r\nContent-Type: ").append(reply.content_type);
    head.append("\r\nContent-Length: ").append(std::to_string(reply.body.size()));
    head.append("\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
    if (!reply.allow.empty()) head.append("Allow: ").append(reply.allow).append("\r\n");
    if (reply.retry_after) {
        head.append("Retry-After: ").append(std::to_string(reply.retry_after->count()));
        head.append("\r\n");
    }
    head.append(keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    return head;
}

std::optional<std::string_view> path_and_query(std::string_view target) {
    if (!std::ranges::all_of(target, is_address_byte)) return {};
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!target.starts_with(scheme)) continue;
        const auto slash = target.find('/', scheme.size());
        if (slash == std::string_view::npos || slash == scheme.size()) return {};
        return target.substr(slash);
    }
    if (!target.starts_with('/')) return {};
    return target;
}

}  // namespace mado::server
