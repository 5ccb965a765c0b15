#include "kiosk/shell/print_desk.h"

#include "kiosk/shell/log.h"
#include "shared/platform/thread_name.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace mado::kiosk {

PrinterTrouble trouble_of(const IoError& error) {
    struct Word {
        std::string_view word;
        PrinterTrouble means;
    };
    // RFC 8011 §5.4.12, whatever the severity behind them. An open lid comes first: it often calls
    // the paper missing too.
    constexpr std::array kWords = {Word{"cover-open", PrinterTrouble::Open},
                                   Word{"door-open", PrinterTrouble::Open},
                                   Word{"interlock-open", PrinterTrouble::Open},
                                   Word{"media-jam", PrinterTrouble::Jammed},
                                   Word{"media-empty", PrinterTrouble::NoPaper},
                                   Word{"media-needed", PrinterTrouble::NoPaper},
                                   Word{"input-tray-missing", PrinterTrouble::NoPaper},
                                   Word{"offline", PrinterTrouble::NotHeard},
                                   Word{"shutdown", PrinterTrouble::NotHeard}};
    const auto named = std::ranges::find_if(
        kWords, [&](const Word& word) { return error.what.find(word.word) != std::string::npos; });
    return named == kWords.end() ? PrinterTrouble::Other : named->means;
}

PrintDesk::PrintDesk(std::unique_ptr<Printer> printer, Paper paper, Outbox& outbox)
    : printer_(std::move(printer)), paper_(paper), outbox_(outbox), working_([this] { work(); }) {}

PrintDesk::~PrintDesk() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    working_.join();
    for (const Job& job : jobs_)
        outbox_.put(job.not_printed(PrinterTrouble::Other));
}

void PrintDesk::print(PrintSlip order, SlipWords words) {
    const QuestionId job = order.job;
    const BookingId booking = order.slip.booking.id;
    const auto render = [paper = paper_, slip = std::move(order.slip), words = std::move(words)] {
        return render_slip(slip, words, paper);
    };
    queue({"slip " + booking.short_number(), render, SlipPrinted{job, booking},
           [=](PrinterTrouble why) {
               return SlipNotPrinted{job, booking, why};
           }});
}

void PrintDesk::print(PrintMemo order, MemoWords words) {
    const auto render = [paper = paper_, words = std::move(words)] {
        return render_memo(words, paper);
    };
    queue({"memo", render, MemoPrinted{order.job}, [job = order.job](PrinterTrouble why) {
               return MemoNotPrinted{job, why};
           }});
}

void PrintDesk::print(PrintApplication order, MemoWords words) {
    const auto render = [paper = paper_, words = std::move(words)] {
        return render_memo(words, paper);
    };
    queue({"application " + order.receipt.application.id.short_number(), render,
           ApplicationPrinted{order.job}, [job = order.job](PrinterTrouble why) {
               return ApplicationNotPrinted{job, why};
           }});
}

void PrintDesk::queue(Job job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    changed_.notify_all();
}

Result<void, IoError> PrintDesk::carry_out(const Job& job) {
    if (!printer_) return fail(IoError{IoError::Kind::Unavailable, "no printer is set"});
    Bytes pdf = MADO_TRY(job.render());
    return printer_->print({job.name, std::move(pdf)});
}

void PrintDesk::work() {
    name_this_thread("printing");
    for (;;) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closing_ || !jobs_.empty(); });
        if (closing_) return;
        const Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();

        const auto outcome = carry_out(job);
        if (!outcome.ok()) log_line(job.name + " was not printed: " + outcome.error().what);
        outbox_.put(outcome.ok() ? job.printed : job.not_printed(trouble_of(outcome.error())));
    }
}

}  // namespace mado::kiosk
