#include "shared/scan/measure.h"

#include "tests/unit/scan/pictures.h"

#include <gtest/gtest.h>

namespace mado::scan {
namespace {

using tests::a_desk_with_a_ticket;
using tests::Picture;

TEST(Measure, KnowsHowLightAPictureIs) {
    EXPECT_NEAR(measure(Picture(640, 480, 51).frame()).brightness, 0.2, 0.001);
    EXPECT_EQ(measure(Picture(640, 480, 255).frame()).brightness, 1.0);
    EXPECT_EQ(measure(Picture(640, 480, 0).frame()), (Measures{0, 0, 0}));
}

TEST(Measure, FallsInSharpnessAsAPictureIsBlurred) {
    double last = 2;
    for (const int radius : {0, 2, 4, 8, 16}) {
        const double sharpness = measure(Picture(1280, 720, 180)
                                             .qr(tests::kTicketLine, 300, 200, 12)
                                             .blurred(radius)
                                             .frame())
                                     .sharpness;
        EXPECT_LT(sharpness, last) << "radius " << radius;
        last = sharpness;
    }
}

TEST(Measure, OfNoPictureIsNothing) {
    EXPECT_EQ(measure(Frame{}), Measures{});
    EXPECT_EQ(measure(Picture(1, 1, 9).frame()), Measures{});
    EXPECT_EQ(measure(Frame{640, 480, {}, {}}), Measures{});
}

TEST(Advice, SaysWhatAPersonCanDo) {
    const auto advice = [](const Picture& picture) { return advice_for(measure(picture.frame())); };
    EXPECT_EQ(advice(a_desk_with_a_ticket(3).darkened(0.15)), Advice::MoreLight);
    EXPECT_EQ(advice(Picture(1280, 720, 150)), Advice::HoldTicket);
    EXPECT_EQ(advice(a_desk_with_a_ticket(8).blurred(10)), Advice::HoldStill);
    EXPECT_EQ(advice(a_desk_with_a_ticket(2)), Advice::ComeCloser);
}

}  // namespace
}  // namespace mado::scan
