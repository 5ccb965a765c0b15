#include "shared/scan/grey.h"

#include "tests/unit/scan/pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::scan {
namespace {

using testing::Each;
using testing::ElementsAre;
using tests::Dice;
using tests::Picture;

Thumbprint print_of(const Picture& picture) {
    const Frame frame = picture.frame();
    return Thumbprint::of(*grey_of(frame));
}

TEST(GreyOf, TakesAFrameThatIsWhatItSays) {
    const Frame frame = Picture(64, 48, 100).frame();
    const auto grey = grey_of(frame);
    ASSERT_TRUE(grey);
    EXPECT_EQ(grey->pixels, frame.grey.data());
    EXPECT_EQ(grey->width, 64);
    EXPECT_EQ(grey->height, 48);
}

TEST(GreyOf, RefusesAFrameThatIsNot) {
    const auto with = [](int width, int height, std::size_t bytes) {
        return Frame{width, height, std::vector<std::uint8_t>(bytes), {}};
    };
    EXPECT_FALSE(grey_of(Frame{}));
    EXPECT_FALSE(grey_of(with(1, 1, 1)));
    EXPECT_FALSE(grey_of(with(64, 48, 64 * 48 - 1)));
    EXPECT_FALSE(grey_of(with(64, 48, 64 * 48 + 1)));
    EXPECT_FALSE(grey_of(with(-64, -48, 64 * 48)));
    EXPECT_FALSE(grey_of(with(65'536, 65'536, 0))) << "the product is zero in 32 bits";
    EXPECT_FALSE(grey_of(with(20'000, 30, 600'000)));
}

TEST(Halved, IsTheMeanOfFour) {
    const std::vector<std::uint8_t> pixels = {0, 10, 20, 21,  //
                                              4, 6,  20, 20,  //
                                              9, 9,  9,  9};
    const Grey half = halved({pixels.data(), 4, 3});
    EXPECT_EQ(half.width, 2);
    EXPECT_EQ(half.height, 1);
    EXPECT_THAT(half.pixels, ElementsAre(5, 20));
}

TEST(Doubled, InterpolatesAndKeepsEdgesInside) {
    const std::vector<std::uint8_t> flat(12, 77);
    const Grey twice = doubled({flat.data(), 4, 3});
    EXPECT_EQ(twice.width, 8);
    EXPECT_EQ(twice.height, 6);
    EXPECT_THAT(twice.pixels, Each(77));

    const std::vector<std::uint8_t> step = {0, 160};
    const Grey wide = doubled({step.data(), 2, 1});
    EXPECT_THAT(std::vector<std::uint8_t>(wide.pixels.begin(), wide.pixels.begin() + 4),
                ElementsAre(0, 40, 120, 160));
}

TEST(Doubled, ThenHalvedIsNearlyThePictureItself) {
    Dice dice(3);
    const Frame frame = Picture(60, 40, 120).noisy(dice, 30).blurred(2).frame();
    const Grey back = halved(doubled(*grey_of(frame)).view());
    ASSERT_EQ(back.pixels.size(), frame.grey.size());
    for (std::size_t i = 0; i < back.pixels.size(); ++i) {
        EXPECT_NEAR(back.pixels[i], frame.grey[i], 6);
    }
}

TEST(MiddleOf, LeavesAQuarterAtEachSide) {
    const std::vector<std::uint8_t> pixels = {1,  2,  3,  4,  5,   //
                                              6,  7,  8,  9,  10,  //
                                              11, 12, 13, 14, 15,  //
                                              16, 17, 18, 19, 20};
    const Grey middle = middle_of({pixels.data(), 5, 4});
    EXPECT_EQ(middle.width, 2);
    EXPECT_EQ(middle.height, 2);
    EXPECT_THAT(middle.pixels, ElementsAre(7, 8, 12, 13));
}

TEST(Inverted, TurnsLightToDark) {
    const std::vector<std::uint8_t> pixels = {0, 1, 255};
    EXPECT_THAT(inverted({pixels.data(), 3, 1}).pixels, ElementsAre(255, 254, 0));
}

TEST(Thumbprint, DoesNotMindNoise) {
    Dice dice(5);
    for (int i = 0; i < 10; ++i) {
        const auto first = print_of(tests::an_empty_desk().noisy(dice, 8));
        const auto second = print_of(tests::an_empty_desk().noisy(dice, 8));
        EXPECT_FALSE(first.differs_from(second));
    }
}

TEST(Thumbprint, SeesATicketAppearMoveAndComeIntoFocus) {
    const auto desk = print_of(tests::an_empty_desk());
    EXPECT_TRUE(desk.differs_from(print_of(tests::a_desk_with_a_ticket(3))));
    const auto code_at = [](int x, int blur) {
        return print_of(Picture(1280, 720, 180).qr(tests::kTicketLine, x, 300, 4).blurred(blur));
    };
    EXPECT_TRUE(code_at(300, 1).differs_from(code_at(320, 1)));
    EXPECT_TRUE(code_at(300, 8).differs_from(code_at(300, 1)));
    EXPECT_TRUE(desk.differs_from(print_of(Picture(640, 480, 150)))) << "another camera";
}

}  // namespace
}  // namespace mado::scan
