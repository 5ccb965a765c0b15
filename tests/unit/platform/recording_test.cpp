#include "shared/platform/recording.h"

#include "shared/platform/files.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/wav.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

using Kind = IoError::Kind;

class RecordingTest : public testing::Test {
  protected:
    Result<Sound, IoError> read(const std::string& content) {
        write_file(folder_ / "a.wav", content, Visibility::Everybody).value();
        return read_recording(folder_ / "a.wav");
    }

    tests::ScratchFolder folder_;
};

TEST_F(RecordingTest, IsReadAsItWasRecorded) {
    for (const int rate : {8'000, 16'000, 22'050, 44'100, 48'000}) {
        for (const int channels : {1, 2}) {
            const Sound sound{rate, channels, {1, -2, 300, -32'768, 32'767, 0}};
            const auto found = read(tests::wav_of(sound));
            ASSERT_TRUE(found.ok()) << rate;
            EXPECT_EQ(found->rate, rate);
            EXPECT_EQ(found->channels, channels);
            EXPECT_EQ(found->samples, sound.samples);
        }
    }
}

TEST_F(RecordingTest, IsRefusedWhereThereIsNone) {
    EXPECT_EQ(read_recording(folder_ / "none.wav").error().kind, Kind::Refused);
    EXPECT_EQ(read_recording(folder_.path()).error().kind, Kind::Refused);
}

TEST_F(RecordingTest, IsCorruptWhereItDoesNotFit) {
    const Sound three_channels{22'050, 3, {1, 2, 3}};
    const Sound slow{4'000, 1, {1}};
    const Sound fast{96'000, 1, {1}};
    const Sound empty{22'050, 1, {}};
    const Sound long_one{8'000, 1, std::vector<std::int16_t>(8'000 * 60 + 1)};
    for (const Sound& sound : {three_channels, slow, fast, empty, long_one}) {
        EXPECT_EQ(read(tests::wav_of(sound)).error().kind, Kind::Corrupt);
    }
    EXPECT_EQ(read("").error().kind, Kind::Corrupt);
    EXPECT_EQ(read("ID3 no wave at all").error().kind, Kind::Corrupt);
}

TEST_F(RecordingTest, ThatIsCutOrDamagedAnywhereIsReadOrCorruptButNeverMore) {
    const std::string whole = tests::wav_of({8'000, 1, std::vector<std::int16_t>(50, 7)});
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto found = read(whole.substr(0, length));
        if (found.ok()) {
            EXPECT_LE(found->samples.size(), 50u);
        }
    }
    for (std::size_t at = 0; at < 44; ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(0xFF);
        const auto found = read(damaged);
        if (found.ok()) {
            EXPECT_LE(found->samples.size(), 60u * 48'000u * 2u);
        }
    }
}

TEST(RecordingPlace, IsNeverOutsideTheFolder) {
    EXPECT_EQ(recording_of("/town", "ja", "booked.title"), "/town/ja/booked.title.wav");
    for (const char* key : {"", "..", "../x", "a/b", ".hidden", "a..b", "Ä", "a b"}) {
        EXPECT_FALSE(recording_of("/town", "ja", key).has_value()) << key;
        EXPECT_FALSE(recording_of("/town", key, "booked.title").has_value()) << key;
    }
}

}  // namespace
}  // namespace mado
