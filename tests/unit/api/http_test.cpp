#include "sync/server/api/http.h"

#include "sync/protocol/messages.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::HasSubstr;
using testing::Not;

std::chrono::system_clock::time_point a_moment() {
    return std::chrono::system_clock::from_time_t(784111777);
}

TEST(ReplyHead, SaysStatusLengthAndDate) {
    Reply reply;
    reply.body = "{}";
    const std::string head = write_head(reply, true, a_moment());
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 2\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nContent-Type: application/json\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nConnection: keep-alive\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Retry-After")));
}

TEST(ReplyHead, SaysWhenToComeBackAndWhatIsAllowed) {
    Reply reply = refuse(503, "events", "busy", "Come back.");
    reply.retry_after = std::chrono::seconds(2);
    reply.allow = "POST";
    const std::string head = write_head(reply, false, a_moment());
    EXPECT_THAT(head, HasSubstr("HTTP/1.1 503 Service Unavailable\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nRetry-After: 2\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nAllow: POST\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nConnection: close\r\n"));
}

TEST(Refusal, IsJsonThatADeviceReads) {
    const Reply reply = refuse(404, "none", "unknown-address", "There is \"nothing\" here.");
    const auto read = sync::parse_refusal(reply.body);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->error, "unknown-address");
    EXPECT_EQ(read->message, "There is \"nothing\" here.");
}

TEST(RequestTarget, IsAPathOrAWholeAddress) {
    EXPECT_EQ(path_and_query("/v1/changes?epoch=1"), "/v1/changes?epoch=1");
    EXPECT_EQ(path_and_query("https://town.example:8443/healthz"), "/healthz");
    EXPECT_EQ(path_and_query("http://town.example/a?b"), "/a?b");
}

TEST(RequestTarget, RefusesWhatIsNeither) {
    for (const char* target : {"", "*", "town.example:443", "https://", "https:///a", "https://a",
                               "a/b", "/a b", "/a\x01", "/a\x7f", "/a\r\nb"}) {
        EXPECT_FALSE(path_and_query(target)) << target;
    }
}

}  // namespace
}  // namespace mado::server
