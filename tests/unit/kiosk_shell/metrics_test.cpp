#include "kiosk/shell/metrics.h"

#include <gmock/gmock.h>

namespace mado::kiosk {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(KioskMetrics, SayWhatWaitsAndSinceWhen) {
    device::Status status;
    status.ready = true;
    status.backlog = {3, Instant(Milliseconds(1'625'443'200'500)), 1, Instant(Milliseconds(1'000))};
    status.cursor = {2, 1'234'567};
    status.clock_offset = Milliseconds(-1'500);
    const std::string text = metrics_of(status, false);
    EXPECT_THAT(text, HasSubstr("# TYPE madoguchi_events_unanswered gauge\n"
                                "madoguchi_events_unanswered 3\n"));
    EXPECT_THAT(text, HasSubstr("\nmadoguchi_events_unanswered_oldest_timestamp_seconds "
                                "1625443200.5\n"));
    EXPECT_THAT(text, HasSubstr("\nmadoguchi_events_aside 1\n"));
    EXPECT_THAT(text, HasSubstr("\nmadoguchi_events_aside_oldest_timestamp_seconds 1\n"));
    EXPECT_THAT(text, HasSubstr("\nmadoguchi_ready 1\n"));
    EXPECT_THAT(text, HasSubstr("\nmadoguchi_online 0\n"));
    EXPECT_THAT(text, HasSubstr("\nmadoguchi_feed_number 1234567\n"));
    EXPECT_THAT(text, HasSubstr("\nmadoguchi_clock_offset_seconds -1.5\n"));
    EXPECT_THAT(text, HasSubstr("\nmadoguchi_voice 0\n"));
}

TEST(KioskMetrics, LeaveOutWhatIsNotKnown) {
    const std::string text = metrics_of({}, {});
    EXPECT_THAT(text, Not(HasSubstr("oldest")));
    EXPECT_THAT(text, Not(HasSubstr("clock_offset")));
    EXPECT_THAT(text, Not(HasSubstr("voice")));
}

}  // namespace
}  // namespace mado::kiosk
