// The fake printer and a real one (`ippeveprinter`, started by tests/e2e/ipp_printer.py) keep the
// same promise: a value means paper, an error means that nobody may rely on it.

#include "shared/platform/files.h"
#include "shared/platform/ipp_printer.h"
#include "tests/support/dice.h"
#include "tests/support/fake_printer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <type_traits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado {
namespace {

using Kind = IoError::Kind;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Document a_document(std::uint64_t seed, std::size_t size = 20'000) {
    Document document{"slip " + std::to_string(seed), Bytes(size)};
    tests::Dice(seed).fill(document.pdf);
    const std::string_view head = "%PDF-1.4\n";
    std::copy(head.begin(), head.end(), document.pdf.begin());
    return document;
}

class FakeRoom {
  public:
    static bool is_here() { return true; }

    Printer& printer() { return printer_; }
    void abort_the_next() { printer_.fail_next({Kind::Unavailable, "aborted-by-system"}); }
    void jam() { printer_.fail_repeatedly({Kind::Unavailable, "media-jam"}); }
    void repair() { printer_.heal(); }

    std::vector<Bytes> came_out() const {
        std::vector<Bytes> found;
        for (const Document& document : printer_.documents())
            found.push_back(document.pdf);
        return found;
    }

  private:
    tests::FakePrinter printer_;
};

// NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment here.
const char* environment(const char* name) {
    return std::getenv(name);
}

class RealRoom {
  public:
    static bool is_here() { return environment("MADO_IPP_PRINTER") != nullptr; }

    RealRoom() : address_(environment("MADO_IPP_PRINTER")), spool_(environment("MADO_IPP_SPOOL")) {
        std::filesystem::remove_all(spool_ / "printed");
        std::filesystem::create_directory(spool_ / "printed");
        set_mood("prints");
        printer_ = with_patience(seconds(60));
    }

    std::unique_ptr<Printer> with_patience(seconds patience) const {
        return ipp_printer(address_, patience).value();
    }

    Printer& printer() { return *printer_; }
    void abort_the_next() { set_mood("aborts"); }
    void jam() { set_mood("jams"); }
    void stand() { set_mood("stands"); }
    void repair() { set_mood("prints"); }
    // By the printer's own page, as a person's hand would.
    void take_the_paper() { set_sheets(0, 0); }
    void put_paper() { set_sheets(250, 25); }

    std::vector<Bytes> came_out() const {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(spool_ / "printed")) {
            if (entry.path().filename().string().front() != '.') files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        std::vector<Bytes> found;
        for (const auto& file : files) {
            const std::string content = read_file(file, 1u << 24).value();
            found.emplace_back(content.begin(), content.end());
        }
        return found;
    }

    // As the printer tells it.
    int cancelled_jobs() const {
        const std::string jobs = output_of("ipptool -tv " + address_ + " get-completed-jobs.test");
        const std::string_view wanted = "job-state (enum) = canceled";
        int count = 0;
        for (auto at = jobs.find(wanted); at != std::string::npos; at = jobs.find(wanted, at + 1)) {
            ++count;
        }
        return count;
    }

  private:
    void set_mood(const std::string& mood) const {
        ASSERT_TRUE(write_file(spool_ / "mood", mood, Visibility::Everybody).ok());
    }

    // Both trays; with either empty, the printer waits.
    void set_sheets(int main, int by_pass) const {
        const std::string url =
            "http" + address_.substr(3, address_.find("/ipp/print") - 3) +
            "/media?size1=iso_a4_210x297mm&type1=stationery&level1=" + std::to_string(main) +
            "&size3=iso_dl_110x220mm&type3=envelope&level3=" + std::to_string(by_pass);
        output_of("python3 -c \"import urllib.request as r; r.urlopen('" + url + "')\"");
    }

    static std::string output_of(const std::string& command) {
        FILE* const pipe = ::popen(command.c_str(), "r");
        EXPECT_NE(pipe, nullptr);
        std::string output;
        char part[4096];
        for (std::size_t got = 0; (got = std::fread(part, 1, sizeof part, pipe)) > 0;) {
            output.append(part, got);
        }
        EXPECT_EQ(::pclose(pipe), 0) << command;
        return output;
    }

    std::string address_;
    std::filesystem::path spool_;
    std::unique_ptr<Printer> printer_;
};

// A repaired printer says for a moment more that it is not.
Result<void, IoError> print_when_repaired(Printer& printer, const Document& document) {
    const auto end = steady_clock::now() + seconds(60);
    for (;;) {
        auto printed = printer.print(document);
        if (printed.ok() || steady_clock::now() > end) return printed;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

template <class Room>
class PrinterContract : public testing::Test {
  protected:
    void SetUp() override {
        if (!Room::is_here()) {
            GTEST_SKIP() << "no printer: start this with tests/e2e/ipp_printer.py";
        }
        room_ = std::make_unique<Room>();
    }

    void TearDown() override {
        if (room_ == nullptr) return;
        room_->repair();
    }

    Room& room() { return *room_; }
    Result<void, IoError> print(const Document& document) {
        return room_->printer().print(document);
    }

  private:
    std::unique_ptr<Room> room_;
};

struct RoomNames {
    template <class Room>
    static std::string GetName(int) {  // NOLINT(readability-identifier-naming): GoogleTest's
        return std::is_same_v<Room, FakeRoom> ? "Fake" : "Ippeveprinter";
    }
};

using Rooms = testing::Types<FakeRoom, RealRoom>;
TYPED_TEST_SUITE(PrinterContract, Rooms, RoomNames);

TYPED_TEST(PrinterContract, WhatIsPrintedComesOutWhole) {
    const Document document = a_document(1, 300'000);
    const auto printed = this->print(document);
    ASSERT_TRUE(printed.ok()) << printed.error().what;
    EXPECT_THAT(this->room().came_out(), ElementsAre(document.pdf));
}

TYPED_TEST(PrinterContract, DocumentsComeOutInOrder) {
    for (const std::uint64_t seed : {1u, 2u, 3u})
        ASSERT_TRUE(this->print(a_document(seed)).ok());
    EXPECT_THAT(this->room().came_out(),
                ElementsAre(a_document(1).pdf, a_document(2).pdf, a_document(3).pdf));
}

TYPED_TEST(PrinterContract, AJobThatThePrinterAbortsIsAnError) {
    this->room().abort_the_next();
    const auto printed = this->print(a_document(1));
    ASSERT_FALSE(printed.ok());
    EXPECT_EQ(printed.error().kind, Kind::Unavailable);
    EXPECT_THAT(printed.error().what, HasSubstr("aborted"));
    EXPECT_THAT(this->room().came_out(), IsEmpty());

    this->room().repair();
    EXPECT_TRUE(print_when_repaired(this->room().printer(), a_document(2)).ok());
}

TYPED_TEST(PrinterContract, AJamIsSaidInThePrintersWordAndNothingComesOutLater) {
    this->room().jam();
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto printed = this->print(a_document(1));
        ASSERT_FALSE(printed.ok());
        EXPECT_EQ(printed.error().kind, Kind::Unavailable);
        EXPECT_THAT(printed.error().what, HasSubstr("media-jam"));
    }

    this->room().repair();
    ASSERT_TRUE(print_when_repaired(this->room().printer(), a_document(2)).ok());
    EXPECT_THAT(this->room().came_out(), ElementsAre(a_document(2).pdf));
}

using IppeveprinterTest = PrinterContract<RealRoom>;

// ippeveprinter runs its command for a job that waited for paper even if it was cancelled, so that
// what counts here is the state of the job.
TEST_F(IppeveprinterTest, AJobThatFindsNoPaperIsCancelledWithinSeconds) {
    const int cancelled_before = room().cancelled_jobs();
    room().take_the_paper();
    const auto began = steady_clock::now();
    const auto printed = print(a_document(1));
    // It is noticed within 3 s; a loaded machine is given more.
    EXPECT_LT(steady_clock::now() - began, seconds(20));
    ASSERT_FALSE(printed.ok());
    EXPECT_EQ(printed.error().kind, Kind::Unavailable);
    EXPECT_THAT(printed.error().what, HasSubstr("media-empty"));

    room().put_paper();
    ASSERT_TRUE(print_when_repaired(room().printer(), a_document(2)).ok());
    EXPECT_EQ(room().cancelled_jobs(), cancelled_before + 1);
    EXPECT_THAT(room().came_out(), Contains(a_document(2).pdf));
}

TEST_F(IppeveprinterTest, AJobThatIsGivenUpIsCancelled) {
    const int cancelled_before = room().cancelled_jobs();
    room().stand();
    const auto printed = room().with_patience(seconds(1))->print(a_document(1));
    ASSERT_FALSE(printed.ok());
    EXPECT_EQ(printed.error().kind, Kind::Unavailable);
    EXPECT_EQ(printed.error().what, "timed-out");
    room().repair();
    ASSERT_TRUE(print_when_repaired(room().printer(), a_document(2)).ok());
    EXPECT_EQ(room().cancelled_jobs(), cancelled_before + 1);
    EXPECT_THAT(room().came_out(), ElementsAre(a_document(2).pdf));
}

TEST(IppPrinter, ThatIsOffIsUnavailable) {
    // Port 9 (discard) has nobody behind it on a machine of ours.
    const auto printer = ipp_printer("ipp://127.0.0.1:9/ipp/print", seconds(5)).value();
    const auto printed = printer->print(a_document(1));
    ASSERT_FALSE(printed.ok());
    EXPECT_EQ(printed.error().kind, Kind::Unavailable);
    EXPECT_THAT(printed.error().what, HasSubstr("offline"));
}

TEST(IppPrinter, AnAddressOfAnotherKindIsRefused) {
    for (const char* address : {"", "printer", "http://127.0.0.1/", "ipp://", "ipp:///ipp/print",
                                "ipp://host:99999999/", "usb://maker/model"}) {
        const auto printer = ipp_printer(address, seconds(5));
        ASSERT_FALSE(printer.ok()) << address;
        EXPECT_EQ(printer.error().kind, Kind::Refused) << address;
    }
}

}  // namespace
}  // namespace mado
