#include "kiosk/shell/print_desk.h"

#include "kiosk/shell/log.h"
#include "shared/platform/thread_name.h"

#include <utility>

namespace mado::kiosk {

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
        outbox_.put(job.not_printed);
}

void PrintDesk::print(PrintSlip order, SlipWords words) {
    const QuestionId job = order.job;
    const BookingId booking = order.slip.booking.id;
    const auto render = [paper = paper_, slip = std::move(order.slip), words = std::move(words)] {
        return render_slip(slip, words, paper);
    };
    queue({"slip " + booking.short_number(), render, SlipPrinted{job, booking},
           SlipNotPrinted{job, booking}});
}

void PrintDesk::print(PrintMemo order, MemoWords words) {
    const auto render = [paper = paper_, words = std::move(words)] {
        return render_memo(words, paper);
    };
    queue({"memo", render, MemoPrinted{order.job}, MemoNotPrinted{order.job}});
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
        outbox_.put(outcome.ok() ? job.printed : job.not_printed);
    }
}

}  // namespace mado::kiosk
