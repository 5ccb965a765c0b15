#include "shared/platform/capture.h"

#include "tests/support/scratch_folder.h"

#include <chrono>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>

namespace mado {
namespace {

using Kind = IoError::Kind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using tests::ScratchFolder;

constexpr int kWidth = 160;
constexpr int kHeight = 120;

// The number of a picture can be read from its brightness.
cv::Mat picture(int number) {
    return {kHeight, kWidth, CV_8UC3, cv::Scalar::all(20 + number * 25)};
}

int number_in(const Frame& frame) {
    const auto middle = static_cast<std::size_t>(kHeight / 2 * kWidth + kWidth / 2);
    return (frame.grey.at(middle) - 20 + 12) / 25;
}

void film(const std::filesystem::path& file, int count, double rate = 50) {
    cv::VideoWriter writer(file.string(), cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), rate,
                           {kWidth, kHeight});
    ASSERT_TRUE(writer.isOpened());
    for (int i = 0; i < count; ++i)
        writer.write(picture(i));
}

void expect_whole(const Frame& frame) {
    EXPECT_EQ(frame.width, kWidth);
    EXPECT_EQ(frame.height, kHeight);
    EXPECT_EQ(frame.grey.size(), static_cast<std::size_t>(kWidth * kHeight));
    EXPECT_EQ(frame.colour.size(), static_cast<std::size_t>(kWidth * kHeight * 3));
}

TEST(Capture, PlaysAFilmAndBeginsAgainAtItsEnd) {
    const ScratchFolder folder;
    film(folder / "a.avi", 4);
    const auto camera = open_camera((folder / "a.avi").string());
    ASSERT_TRUE(camera.ok()) << camera.error().what;
    for (const int expected : {0, 1, 2, 3, 0, 1, 2, 3, 0}) {
        const auto frame = (*camera)->next();
        ASSERT_TRUE(frame.ok()) << frame.error().what;
        expect_whole(*frame);
        EXPECT_EQ(number_in(*frame), expected);
    }
}

TEST(Capture, AFilmIsNotPlayedFasterThanItWasTaken) {
    const ScratchFolder folder;
    film(folder / "a.avi", 3, 20);
    const auto camera = open_camera((folder / "a.avi").string()).value();
    const auto began = steady_clock::now();
    for (int i = 0; i < 7; ++i)
        ASSERT_TRUE(camera->next().ok());
    EXPECT_GE(steady_clock::now() - began, milliseconds(5 * 50));
}

TEST(Capture, ShowsAFolderInTheOrderOfNamesAndPassesOverWhatIsNoPicture) {
    const ScratchFolder folder;
    cv::imwrite(folder / "b.png", picture(1));
    cv::imwrite(folder / "a.jpg", picture(0));
    cv::imwrite(folder / "d.png", picture(3));
    std::ofstream(folder / "c.png") << "no picture";
    std::ofstream(folder / "e.txt") << "no picture";
    std::filesystem::create_directory(folder / "f.png");
    std::ofstream(folder / "0.png");

    const auto camera = open_camera(folder.path().string()).value();
    for (const int expected : {0, 1, 3, 0, 1, 3}) {
        const auto frame = camera->next();
        ASSERT_TRUE(frame.ok());
        expect_whole(*frame);
        EXPECT_EQ(number_in(*frame), expected);
    }
}

TEST(Capture, KeepsTheColours) {
    const ScratchFolder folder;
    cv::imwrite(folder / "a.png", cv::Mat(kHeight, kWidth, CV_8UC3, cv::Scalar(255, 0, 10)));
    const auto camera = open_camera(folder.path().string());
    const auto frame = (*camera)->next();
    ASSERT_TRUE(frame.ok());
    EXPECT_EQ(frame->colour.at(0), 255);  // blue comes first
    EXPECT_EQ(frame->colour.at(1), 0);
    EXPECT_EQ(frame->colour.at(2), 10);
    EXPECT_EQ(frame->grey.at(0), 32);  // 0.114 · 255 + 0.299 · 10
}

TEST(Capture, AnEmptyFolderGivesNoPictureUntilThereIsOne) {
    const ScratchFolder folder;
    const auto camera = open_camera(folder.path().string());
    ASSERT_TRUE(camera.ok());
    EXPECT_EQ((*camera)->next().error().kind, Kind::Unavailable);
    cv::imwrite(folder / "a.png", picture(2));
    const auto frame = (*camera)->next();
    ASSERT_TRUE(frame.ok());
    EXPECT_EQ(number_in(*frame), 2);
}

TEST(Capture, AFilmThatVanishesHealsWhenItIsBack) {
    const ScratchFolder folder;
    film(folder / "a.avi", 4);
    const auto camera = open_camera((folder / "a.avi").string());
    ASSERT_TRUE((*camera)->next().ok());

    std::filesystem::rename(folder / "a.avi", folder / "away.avi");
    EXPECT_EQ((*camera)->next().error().kind, Kind::Unavailable);
    EXPECT_EQ((*camera)->next().error().kind, Kind::Unavailable);

    std::filesystem::rename(folder / "away.avi", folder / "a.avi");
    const auto frame = (*camera)->next();
    ASSERT_TRUE(frame.ok());
    EXPECT_EQ(number_in(*frame), 0);
}

TEST(Capture, ATruncatedFilmGivesWhatIsLeftOfItOrNothing) {
    const ScratchFolder folder;
    film(folder / "whole.avi", 8);
    std::ifstream whole(folder / "whole.avi", std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(whole)), {});
    int played = 0;
    int refused = 0;
    for (int part = 0; part < 8; ++part) {
        const auto file = folder / ("cut-" + std::to_string(part) + ".avi");
        std::ofstream(file, std::ios::binary)
            << content.substr(0, content.size() * static_cast<std::size_t>(part) / 8);
        const auto camera = open_camera(file.string());
        if (!camera.ok()) {
            EXPECT_EQ(camera.error().kind, Kind::Unavailable);
            ++refused;
            continue;
        }
        for (int i = 0; i < 4; ++i) {
            const auto frame = (*camera)->next();
            if (!frame.ok()) {
                EXPECT_EQ(frame.error().kind, Kind::Unavailable);
                break;
            }
            expect_whole(*frame);
            ++played;
        }
    }
    EXPECT_GT(played, 0);
    EXPECT_GT(refused, 0);
}

TEST(Capture, WhatIsNotThereOrNoCameraIsUnavailable) {
    const ScratchFolder folder;
    std::ofstream(folder / "text.avi") << "this is no film";
    std::ofstream(folder / "empty.avi");
    for (const std::string& source :
         {std::string(), std::string("99"), std::string("/dev/video99"), std::string("/dev/null"),
          (folder / "none.avi").string(), (folder / "text.avi").string(),
          (folder / "empty.avi").string(), std::string("rtsp://127.0.0.1:9/"),
          std::string("picture-%02d.png")}) {
        const auto camera = open_camera(source);
        ASSERT_FALSE(camera.ok()) << source;
        EXPECT_EQ(camera.error().kind, Kind::Unavailable) << source;
    }
}

}  // namespace
}  // namespace mado
