#include "sync/protocol/event_json.h"

#include "tests/support/builders.h"
#include "tests/unit/protocol/samples.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using namespace mado::sync;

constexpr BookingId kBooking{DeviceId(3), EventNumber(127)};

TEST(EventJson, ComesBackAsItWasWritten) {
    for (const EventBody& body :
         {EventBody(Started{}), EventBody(Booked{a_booking(), 4}),
          EventBody(Booked{a_booking(), 4, SeenBooking{kBooking, 2}}),
          EventBody(CancelWished{{kBooking, 3}, PersonId(1)}),
          EventBody(Applied{
              {kBooking, PersonId(1), 2, {SlotId(9), SlotId(7)}, {Declared::HardOfHearing}}}),
          EventBody(ApplicationWithdrawn{kBooking, PersonId(1)}),
          EventBody(SlipPrinted{kBooking, false}), EventBody(SeatsReturned{SlotId(7), 12}),
          EventBody(StaffCalled{}), EventBody(StaffCallEnded{EventNumber(7)})}) {
        const Event event = an_event(body);
        EXPECT_EQ(read_event(write_event(event)).value(), event);
    }
}

// What stands in journals must be read for as long as journals are kept.
TEST(EventJson, IsWrittenAsItAlwaysWas) {
    EXPECT_EQ(write_event(an_event(SlipPrinted{kBooking, true})),
              R"({"decided_at_ms":1625443200000,"nonce":"ABEiM0RVZneImaq7zN3u_w",)"
              R"("kind":"slip-printed","booking":{"device":3,"number":127},"printed":true})");
}

TEST(EventJson, ACallIsNamedByItsEventAndEndsByThatNumber) {
    EXPECT_TRUE(write_event(an_event(StaffCalled{})).ends_with(R"("kind":"staff-called"})"));
    EXPECT_TRUE(write_event(an_event(StaffCallEnded{EventNumber(7)}))
                    .ends_with(R"("kind":"staff-call-ended","call":7})"));
}

TEST(EventJson, AChangeNamesTheBookingAsItWasSeen) {
    const std::string sale = write_event(an_event(Booked{a_booking(), 4}));
    EXPECT_EQ(sale.find("instead_of"), std::string::npos) << "as it always was";
    const std::string change =
        write_event(an_event(Booked{a_booking(), 4, SeenBooking{kBooking, 2}}));
    EXPECT_TRUE(
        change.ends_with(R"("used":4,"instead_of":{"id":{"device":3,"number":127},"version":2}})"))
        << change;
    EXPECT_TRUE(write_event(an_event(CancelWished{{kBooking, 3}, PersonId(1)}))
                    .ends_with(R"("kind":"cancel-wished","booking":{"id":{"device":3,)"
                               R"("number":127},"version":3},"person":1})"));
}

TEST(EventJson, HelpStandsThereWhereItIsAskedFor) {
    Booking booking = a_booking();
    const std::string plain = write_event(an_event(Booked{booking, 4}));
    EXPECT_EQ(plain.find("help"), std::string::npos) << "as it always was";
    booking.declared = {Declared::Condition, Declared::Wheelchair, Declared::HardOfHearing};
    const Event event = an_event(Booked{booking, 4});
    const std::string written = write_event(event);
    EXPECT_NE(written.find(R"("condition_declared":true,"help":["wheelchair","hard-of-hearing"])"),
              std::string::npos)
        << written;
    EXPECT_EQ(read_event(written).value(), event);

    const auto with = [&](const std::string& help) {
        std::string other = written;
        const std::string good = R"(["wheelchair","hard-of-hearing"])";
        return read_event(other.replace(other.find(good), good.size(), help));
    };
    EXPECT_EQ(with(R"(["ladder"])").error().what, "booking.help: no help that is known here");
    EXPECT_EQ(with(R"(["companion","companion"])").error().what, "booking.help: the same twice");
    EXPECT_FALSE(with(R"(["wheelchair","companion","hard-of-hearing","wheelchair"])").ok());
    EXPECT_FALSE(with("true").ok());
}

TEST(EventJson, SaysThatItDoesNotKnowAKind) {
    const auto wrong =
        read_event(R"({"decided_at_ms":0,"nonce":"AAAAAAAAAAAAAAAAAAAAAA","kind":"vaccinated"})");
    EXPECT_EQ(wrong.error().what, "kind: unknown to this version");
}

TEST(EventJson, ABodyIsNeverLongerThanTheWireTakes) {
    Booking booking = a_booking();
    booking.id = {DeviceId(2147483647), EventNumber(INT64_MAX)};
    booking.person = PersonId(4294967295);
    booking.slot = SlotId(2147483647);
    booking.dose = 99;
    booking.state = BookingState::Cancelled;
    booking.version = INT64_MAX;
    const Event event =
        an_event(Booked{booking, INT64_MAX, SeenBooking{booking.id, booking.version}});
    EXPECT_LT(write_event(event).size(), kEventBodyBytesMax / 8);
    EXPECT_EQ(read_event(write_event(event)).value(), event);
}

}  // namespace
}  // namespace mado::tests
