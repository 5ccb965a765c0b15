#include "tests/film/film.h"

#include "tests/film/scene.h"
#include "tests/film/sheet.h"
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <set>

#include <ZXing/ReadBarcode.h>
#include <gmock/gmock.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

namespace mado::tests {
namespace {

using namespace mado::film;
using testing::HasSubstr;

constexpr auto kQr = ZXing::BarcodeFormat::QRCode;
constexpr auto kNw7 = ZXing::BarcodeFormat::Codabar;
std::string the_ticket() {
    return "212722050000123456";
}

TicketPaper paper() {
    TicketPaper made;
    made.municipality = "272205";
    made.number = "0000123456";
    return made;
}

ZXing::Results codes_in(const cv::Mat& grey, ZXing::BarcodeFormat format) {
    const ZXing::ImageView view(grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.step));
    auto hints = ZXing::DecodeHints().setFormats(format);
    // Two barcodes of one kind in a picture end ZXing 1.4 by an assertion.
    if (format == kNw7) hints.setMaxNumberOfSymbols(1);
    return ZXing::ReadBarcodes(view, hints);
}

cv::Mat grey_of(const Picture& picture) {
    const cv::Mat colours(picture.height, picture.width, CV_8UC4,
                          const_cast<std::uint8_t*>(picture.bgra.data()));
    cv::Mat grey;
    cv::cvtColor(colours, grey, cv::COLOR_BGRA2GRAY);
    return grey;
}

// The column of the sheet in which one sticker stands.
Picture column_of(const Picture& sheet, int sticker) {
    const auto left = static_cast<int>((middle_of_sticker(sticker).x - 32) * sheet.pixels_per_mm);
    const auto width = static_cast<int>(64 * sheet.pixels_per_mm);
    Picture column{width, sheet.height, {}, sheet.pixels_per_mm};
    for (int row = 0; row < sheet.height; ++row) {
        const auto first = sheet.bgra.begin() + (std::ptrdiff_t{row} * sheet.width + left) * 4;
        column.bgra.insert(column.bgra.end(), first, first + std::ptrdiff_t{width} * 4);
    }
    return column;
}

std::vector<std::string> texts_on(const Picture& picture, ZXing::BarcodeFormat format) {
    std::vector<std::string> texts;
    for (const auto& code : codes_in(grey_of(picture), format))
        texts.push_back(code.text());
    std::ranges::sort(texts);
    return texts;
}

// What is read from the frames of a film, each text with the frames that it was read from.
struct Reading {
    std::map<std::string, std::vector<int>> seen;
    int frames = 0;
};

Reading read_film(const std::filesystem::path& file, ZXing::BarcodeFormat format) {
    cv::VideoCapture capture(file.string());
    EXPECT_TRUE(capture.isOpened());
    EXPECT_EQ(capture.get(cv::CAP_PROP_FRAME_WIDTH), kFrameWidth);
    EXPECT_EQ(capture.get(cv::CAP_PROP_FRAME_HEIGHT), kFrameHeight);
    EXPECT_EQ(capture.get(cv::CAP_PROP_FPS), kFramesPerSecond);
    Reading reading;
    cv::Mat frame;
    cv::Mat grey;
    for (; capture.read(frame); ++reading.frames) {
        cv::cvtColor(frame, grey, cv::COLOR_BGR2GRAY);
        for (const auto& code : codes_in(grey, format)) {
            reading.seen[code.text()].push_back(reading.frames);
        }
    }
    return reading;
}

std::filesystem::path film_of(const ScratchFolder& folder, const std::string& scene,
                              Conditions conditions, const std::string& name = "film.avi") {
    EXPECT_TRUE(write_film(parse_scene(scene).value(), conditions, folder / name));
    return folder / name;
}

TEST(Sheet, HasItsTypefaces) {
    EXPECT_EQ(missing_typeface(), "");
}

TEST(Sheet, CarriesTheTicketsDigitsOnEachOfItsStickers) {
    EXPECT_EQ(sticker_digits(paper(), 1), the_ticket());
    const Picture sheet = draw(paper(), 300);
    EXPECT_THAT(
        texts_on(sheet, kQr),
        testing::ElementsAre("112722050000123456", "212722050000123456", "222722050000123456"));
    for (const int sticker : {1, 2, 3}) {
        EXPECT_THAT(texts_on(column_of(sheet, sticker), kNw7), testing::ElementsAre("0000123456"));
    }
}

TEST(Sheet, IsDrawnWithoutItsQrCodesOrWithLongerBarcodes) {
    TicketPaper older = paper();
    older.has_qr = false;
    older.barcode_digits = 18;
    const Picture sheet = draw(older, 300);
    EXPECT_THAT(texts_on(sheet, kQr), testing::IsEmpty());
    EXPECT_THAT(texts_on(column_of(sheet, 1), kNw7), testing::ElementsAre(the_ticket()));

    TicketPaper bare = paper();
    bare.has_barcode = false;
    EXPECT_THAT(texts_on(draw(bare, 300), kNw7), testing::IsEmpty());
}

// Its upper left finder pattern begins with seven dark modules: how many such fit its width.
int modules_along(const cv::Mat& grey, const ZXing::Position& corners) {
    const int row = corners.topLeft().y + 2;
    int x = corners.topLeft().x - 3;
    while (grey.at<std::uint8_t>(row, x) > 128)
        ++x;
    const int first = x;
    while (grey.at<std::uint8_t>(row, x) <= 128)
        ++x;
    const double module = (x - first) / 7.0;
    const double width = corners.topRight().x - corners.topLeft().x;
    return static_cast<int>(width / module + 0.5);
}

TEST(Sheet, PrintsAVersionOneQrCodeOfTenMillimetres) {
    const Picture sheet = draw(paper(), 300);
    const cv::Mat grey = grey_of(sheet);
    const auto codes = codes_in(grey, kQr);
    ASSERT_FALSE(codes.empty());
    for (const auto& code : codes) {
        const auto corners = code.position();
        const double width = corners.topRight().x - corners.topLeft().x;
        EXPECT_NEAR(width / sheet.pixels_per_mm, 10, 0.3);
        EXPECT_EQ(modules_along(grey, corners), 21);
    }
}

// Where ink stands between two heights of the sheet: its first and last column, in millimetres.
std::pair<double, double> ink_between(const Picture& sheet, double left, double right, double top,
                                      double bottom) {
    const cv::Mat grey = grey_of(sheet);
    const auto pixel = [&](double mm) { return static_cast<int>(mm * sheet.pixels_per_mm); };
    const cv::Mat part =
        grey(cv::Range(pixel(top), pixel(bottom)), cv::Range(pixel(left), pixel(right)));
    cv::Mat darkest;
    cv::reduce(part, darkest, 0, cv::REDUCE_MIN);
    int first = -1;
    int last = -1;
    for (int x = 0; x < darkest.cols; ++x) {
        if (darkest.at<std::uint8_t>(0, x) > 100) continue;
        if (first < 0) first = x;
        last = x;
    }
    return {left + first / sheet.pixels_per_mm, left + last / sheet.pixels_per_mm};
}

TEST(Sheet, PrintsItsLineAsWideAsTicketsHaveIt) {
    const SheetPoint middle = middle_of_sticker(1);
    const auto [first, last] = ink_between(draw(paper(), 300), middle.x - 31, middle.x + 31,
                                           middle.y + 14.6, middle.y + 17.6);
    EXPECT_GT(last - first, 35);
    EXPECT_LT(last - first, 45);
}

TEST(Sheet, OfALetterOrLeafletSaysItsAddressAndNoTicket) {
    LetterPaper letter;
    letter.address = "https://chat.town.example/t#" + the_ticket();
    EXPECT_THAT(texts_on(draw(letter, 150), kQr), testing::ElementsAre(letter.address));
    EXPECT_THAT(texts_on(draw(LeafletPaper{}, 150), kQr),
                testing::ElementsAre(LeafletPaper{}.address));
}

TEST(Sheet, ToBeShownAsTheRightOneIsNobodys) {
    const Picture sheet = draw_right_sheet(2000);
    EXPECT_EQ(sheet.width, 2000);
    for (const auto& text : texts_on(sheet, kQr))
        EXPECT_EQ(text.substr(2, 6), "123456");
}

TEST(Film, OfATicketIsReadFromAtLeastOneFrameAndNeverWrongly) {
    const ScratchFolder folder;
    int read = 0;
    for (const std::uint64_t seed : {1, 2}) {
        SCOPED_TRACE(seed);
        const auto file = film_of(folder,
                                  "empty seconds=0.4\n"
                                  "ticket seconds=4 municipality=272205 number=0000123456\n"
                                  "empty seconds=0.4\n",
                                  {seed});
        const auto reading = read_film(file, kQr);
        EXPECT_EQ(reading.frames, 72);
        EXPECT_TRUE(reading.seen.contains(the_ticket()));
        for (const auto& [text, frames] : reading.seen) {
            EXPECT_EQ(text.size(), 18U);
            EXPECT_EQ(text.substr(2), the_ticket().substr(2));
            read += static_cast<int>(frames.size());
            // Nobody is there before and after.
            EXPECT_GE(frames.front(), 6);
            EXPECT_LT(frames.back(), 66);
        }
    }
    EXPECT_GT(read, 20);
}

TEST(Film, OfAnOlderSheetIsReadByItsBarcode) {
    const ScratchFolder folder;
    const auto file =
        film_of(folder, "ticket seconds=4 municipality=272205 number=0000123456 qr=no\n", {5});
    EXPECT_TRUE(read_film(file, kQr).seen.empty());
    const auto reading = read_film(file, kNw7);
    EXPECT_TRUE(reading.seen.contains("0000123456"));
    for (const auto& [text, frames] : reading.seen) {
        EXPECT_TRUE(text.size() != 10 || text == "0000123456");
    }
}

TEST(Film, InADimCornerIsDarkerAndStillRead) {
    const ScratchFolder folder;
    Conditions dim{7};
    dim.light = 0.35;
    dim.noise = 1.5;
    const auto file =
        film_of(folder, "ticket seconds=3 municipality=272205 number=0000123456\n", dim);
    EXPECT_TRUE(read_film(file, kQr).seen.contains(the_ticket()));
}

TEST(Film, ShowsItsPartsInTheirOrder) {
    const ScratchFolder folder;
    const auto file = film_of(folder,
                              "# a leaflet first\n"
                              "leaflet seconds=2\n"
                              "\n"
                              "ticket seconds=3 municipality=272205 number=0000123456 sticker=2\n",
                              {11});
    const auto seen = read_film(file, kQr).seen;
    const auto leaflet = seen.find(LeafletPaper{}.address);
    const auto ticket = seen.find("222722050000123456");
    ASSERT_NE(leaflet, seen.end());
    ASSERT_NE(ticket, seen.end());
    EXPECT_LT(leaflet->second.back(), 30);
    EXPECT_GE(ticket->second.front(), 30);
}

TEST(Film, OfTheSameSeedIsTheSameAndOfAnotherSeedAnother) {
    const ScratchFolder folder;
    const std::string scene = "ticket seconds=1 municipality=272205 number=0000123456\n";
    const auto first = read_file(film_of(folder, scene, {1}, "a.avi"));
    EXPECT_EQ(read_file(film_of(folder, scene, {1}, "b.avi")), first);
    EXPECT_NE(read_file(film_of(folder, scene, {2}, "c.avi")), first);
}

TEST(Film, ThatCannotBeWrittenSaysSo) {
    EXPECT_FALSE(write_film({Part{0.2, {}}}, {}, "/nowhere/at/all.avi"));
    EXPECT_FALSE(write_png(draw(LeafletPaper{}, 72), "/nowhere/at/all.png"));
}

TEST(Scene, NamesTheLineAndWhatIsWrongWithIt) {
    const auto reason = [](const std::string& line) {
        const auto parsed = parse_scene("empty seconds=1\n" + line + "\n");
        if (parsed) return std::string("taken");
        EXPECT_EQ(parsed.error().line, 2);
        return parsed.error().reason;
    };
    EXPECT_THAT(reason("ticket number=0000123456"), HasSubstr("municipality"));
    EXPECT_THAT(reason("ticket municipality=272205 number=123"), HasSubstr("number"));
    EXPECT_THAT(reason("ticket municipality=272205 number=0000123456 sticker=4"),
                HasSubstr("sticker"));
    EXPECT_THAT(reason("ticket municipality=272205 number=0000123456 qr=maybe"), HasSubstr("qr"));
    EXPECT_THAT(reason("ticket municipality=272205 number=0000123456 barcode_digits=12"),
                HasSubstr("barcode_digits"));
    EXPECT_THAT(reason("empty seconds=0"), HasSubstr("seconds"));
    EXPECT_THAT(reason("empty seconds=1000"), HasSubstr("seconds"));
    EXPECT_THAT(reason("empty seconds=nan"), HasSubstr("seconds"));
    EXPECT_THAT(reason("empty seconds=1 seconds=2"), HasSubstr("twice"));
    EXPECT_THAT(reason("empty number=1"), HasSubstr("number"));
    EXPECT_THAT(reason("letter seconds=2"), HasSubstr("address"));
    EXPECT_THAT(reason("passport seconds=2"), HasSubstr("ticket"));
    EXPECT_EQ(parse_scene("# nothing\n\n").error().line, 0);
}

}  // namespace
}  // namespace mado::tests
