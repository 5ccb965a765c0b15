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
    for (const Job& job : jobs_) {
        outbox_.put(SlipNotPrinted{job.order.job, job.order.slip.booking.id});
    }
}

void PrintDesk::print(PrintSlip order, SlipWords words) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back({std::move(order), std::move(words)});
    }
    changed_.notify_all();
}

Result<void, IoError> PrintDesk::carry_out(const Job& job) {
    if (!printer_) return fail(IoError{IoError::Kind::Unavailable, "no printer is set"});
    Bytes pdf = MADO_TRY(render_slip(job.order.slip, job.words, paper_));
    return printer_->print({"slip " + job.order.slip.booking.id.short_number(), std::move(pdf)});
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
        const BookingId booking = job.order.slip.booking.id;
        if (outcome.ok()) {
            outbox_.put(SlipPrinted{job.order.job, booking});
        } else {
            log_line("the slip was not printed: " + outcome.error().what);
            outbox_.put(SlipNotPrinted{job.order.job, booking});
        }
    }
}

}  // namespace mado::kiosk
