#include "kiosk/shell/print_desk.h"

#include "tests/support/builders.h"
#include "tests/support/fake_printer.h"
#include "tests/unit/kiosk_shell/waiting_outbox.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using mado::tests::FakePrinter;

Slip a_slip(std::int64_t number = 127) {
    const Slot slot = mado::tests::a_slot();
    return {mado::tests::a_booking(number),
            slot,
            mado::tests::a_venue(),
            mado::tests::a_vaccine(),
            mado::tests::a_town(),
            last_day_to_change(slot.date, 2),
            "MADO1:6BFOXN"};
}

PrintSlip an_order(std::uint64_t job, std::int64_t booking = 127) {
    return {QuestionId{job}, a_slip(booking), Language::Japanese};
}

TEST(PrintDesk, PrintsASlipAndSaysSo) {
    WaitingOutbox out;
    auto printer = std::make_unique<FakePrinter>();
    const FakePrinter& paper = *printer;
    PrintDesk desk(std::move(printer), Paper::A5, out.outbox());
    desk.print(an_order(5), {});
    const auto printed = out.wait_for<SlipPrinted>();
    ASSERT_TRUE(printed.has_value());
    EXPECT_EQ(printed->job, QuestionId{5});
    EXPECT_EQ(printed->booking, a_slip().booking.id);
    ASSERT_EQ(paper.documents().size(), 1u);
    const Bytes pdf = paper.documents().front().pdf;
    EXPECT_EQ(std::string(pdf.begin(), pdf.begin() + 5), "%PDF-");
}

// In the words of printers; severities are theirs too.
TEST(PrintDesk, KnowsWhatSomebodyWhoStandsThereCanPutRight) {
    const auto trouble = [](const char* what) {
        return trouble_of({IoError::Kind::Unavailable, what});
    };
    EXPECT_EQ(trouble("media-empty-error"), PrinterTrouble::NoPaper);
    EXPECT_EQ(trouble("toner-low-report,media-needed"), PrinterTrouble::NoPaper);
    EXPECT_EQ(trouble("input-tray-missing"), PrinterTrouble::NoPaper);
    EXPECT_EQ(trouble("media-empty,cover-open"), PrinterTrouble::Open)
        << "an open lid is what must be seen to first";
    EXPECT_EQ(trouble("door-open-warning"), PrinterTrouble::Open);
    EXPECT_EQ(trouble("media-jam"), PrinterTrouble::Jammed);
    EXPECT_EQ(trouble("offline: no answer from the printer"), PrinterTrouble::NotHeard);
    EXPECT_EQ(trouble("aborted-by-system"), PrinterTrouble::Other);
    EXPECT_EQ(trouble("stopped"), PrinterTrouble::Other);
}

TEST(PrintDesk, PrintsAnApplicationUnderItsNumber) {
    WaitingOutbox out;
    auto printer = std::make_unique<FakePrinter>();
    printer->fail_next({IoError::Kind::Unavailable, "cover-open"});
    const FakePrinter& paper = *printer;
    PrintDesk desk(std::move(printer), Paper::A5, out.outbox());
    const Application application{{DeviceId(3), EventNumber(127)}, PersonId(1), 1, {SlotId(1)}, {}};
    const PrintApplication order{
        QuestionId{8}, {application, {}, mado::tests::a_town()}, Language::Japanese};
    desk.print(order, {});
    const auto failed = out.wait_for<ApplicationNotPrinted>();
    ASSERT_TRUE(failed.has_value());
    EXPECT_EQ(failed->why, PrinterTrouble::Open);
    desk.print(order, {});
    const auto printed = out.wait_for<ApplicationPrinted>();
    ASSERT_TRUE(printed.has_value());
    EXPECT_EQ(printed->job, QuestionId{8});
    EXPECT_EQ(paper.documents().front().name, "application " + application.id.short_number());
}

TEST(PrintDesk, PrintsAMemoAndSaysSo) {
    WaitingOutbox out;
    auto printer = std::make_unique<FakePrinter>();
    printer->fail_next({IoError::Kind::Unavailable, "media-empty"});
    const FakePrinter& paper = *printer;
    PrintDesk desk(std::move(printer), Paper::A5, out.outbox());
    const PrintMemo order{
        QuestionId{7}, {mado::tests::a_town(), mado::tests::now(), {}}, Language::Japanese};
    desk.print(order, {});
    const auto failed = out.wait_for<MemoNotPrinted>();
    ASSERT_TRUE(failed.has_value());
    EXPECT_EQ(failed->job, QuestionId{7});
    EXPECT_EQ(failed->why, PrinterTrouble::NoPaper);
    desk.print(order, {});
    EXPECT_TRUE(out.wait_for<MemoPrinted>().has_value());
    ASSERT_EQ(paper.documents().size(), 1u);
    EXPECT_EQ(paper.documents().front().name, "memo");
}

TEST(PrintDesk, SaysThatAPrinterFailedAndGoesOn) {
    WaitingOutbox out;
    auto printer = std::make_unique<FakePrinter>();
    printer->fail_next({IoError::Kind::Unavailable, "media-empty"});
    PrintDesk desk(std::move(printer), Paper::A5, out.outbox());
    desk.print(an_order(1), {});
    const auto failed = out.wait_for<SlipNotPrinted>();
    ASSERT_TRUE(failed.has_value());
    EXPECT_EQ(failed->job, QuestionId{1});
    desk.print(an_order(2), {});
    EXPECT_TRUE(out.wait_for<SlipPrinted>().has_value());
}

TEST(PrintDesk, FailsEverySlipWithoutAPrinter) {
    WaitingOutbox out;
    PrintDesk desk(nullptr, Paper::A5, out.outbox());
    desk.print(an_order(1), {});
    EXPECT_TRUE(out.wait_for<SlipNotPrinted>().has_value());
}

TEST(PrintDesk, SaysThatASlipFailedWhichCannotBeDrawn) {
    WaitingOutbox out;
    PrintDesk desk(std::make_unique<FakePrinter>(), Paper::A5, out.outbox());
    PrintSlip order = an_order(1);
    order.slip.code = std::string(4'000, 'A');
    desk.print(order, {});
    EXPECT_TRUE(out.wait_for<SlipNotPrinted>().has_value());
}

TEST(PrintDesk, ReportsEveryJobOnceEvenWhenItEnds) {
    WaitingOutbox out;
    constexpr int kJobs = 20;
    {
        PrintDesk desk(std::make_unique<FakePrinter>(), Paper::A5, out.outbox());
        for (int job = 1; job <= kJobs; ++job)
            desk.print(an_order(job, job), {});
    }
    EXPECT_EQ(out.rest().size(), std::size_t{kJobs});
}

}  // namespace
}  // namespace mado::kiosk::tests
