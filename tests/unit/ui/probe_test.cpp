#include "shared/ui/probe.h"

#include "tests/support/scratch_folder.h"

#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace mado::ui {
namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ostringstream content;
    content << std::ifstream(file).rdbuf();
    return content.str();
}

TEST(Probe, NamesEveryTargetWithItsMiddle) {
    Drawn drawn;
    drawn.targets = {{"start", {90, 1100, 990, 1300}, "はじめる"},
                     {"staff", {600, 1800, 1000, 1900}, "係をよぶ"}};
    drawn.focused = {drawn.targets[1]};
    const auto json = boost::json::parse(probe_json({12, 3, 11}, {"welcome", "ja"}, drawn, {}));
    EXPECT_EQ(json.at("frame").to_number<int>(), 12);
    EXPECT_EQ(json.at("inputs").to_number<int>(), 3);
    EXPECT_EQ(json.at("input_frame").to_number<int>(), 11);
    EXPECT_EQ(json.at("screen").as_string(), "welcome");
    EXPECT_EQ(json.at("language").as_string(), "ja");
    EXPECT_FALSE(json.at("dark").as_bool());
    const auto& first = json.at("targets").as_array().at(0);
    EXPECT_EQ(first.at("id").as_string(), "start");
    EXPECT_EQ(first.at("x").to_number<int>(), 540);
    EXPECT_EQ(first.at("y").to_number<int>(), 1200);
    EXPECT_EQ(boost::json::serialize(first.at("rect")), "[90,1100,990,1300]");
    EXPECT_EQ(json.at("targets").as_array().size(), 2u);
    EXPECT_EQ(boost::json::serialize(json.at("focused")), "[\"staff\"]");
    EXPECT_TRUE(json.at("held").is_null());
}

TEST(Probe, SaysWhatDoesNotCountJustNow) {
    const auto held = [](const DoubleStrike::Held& what) {
        const auto json = boost::json::parse(probe_json({}, {"welcome", "ja"}, {}, what));
        return boost::json::serialize(json.at("held"));
    };
    EXPECT_EQ(held({Rect{90, 1100, 990, 1300}, {}}), "[90,1100,990,1300]");
    EXPECT_EQ(held({KeyPress{Key::Choose}, {}}), "\"key\"");
}

TEST(Probe, ReplacesTheFileWhole) {
    const tests::ScratchFolder folder;
    const auto file = folder.path() / "probe.json";
    ASSERT_TRUE(write_probe(file, "{\"frame\":1000000}"));
    ASSERT_TRUE(write_probe(file, "{}"));
    EXPECT_EQ(content_of(file), "{}\n");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Probe, SaysWhenItCannotWrite) {
    const tests::ScratchFolder folder;
    const auto written = write_probe(folder.path() / "no_such_folder" / "probe.json", "{}");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, IoError::Kind::Unavailable);
}

}  // namespace
}  // namespace mado::ui
