#pragma once

// The printer: carries out PrintSlip, PrintMemo and PrintApplication on a thread of its own, and
// reports each outcome once.

#include "kiosk/flow/kiosk_flow.h"
#include "kiosk/shell/outbox.h"
#include "shared/ports/printer.h"
#include "shared/slip/memo_pdf.h"
#include "shared/slip/slip_pdf.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace mado::kiosk {

// What a printer's error is to whoever stands before it; see Printer::print.
PrinterTrouble trouble_of(const IoError& error);

class PrintDesk {
  public:
    // Without a printer every job fails at once. `outbox` outlives the desk.
    PrintDesk(std::unique_ptr<Printer> printer, Paper paper, Outbox& outbox);
    // Ends after the job that is under way; jobs that wait are reported as not printed.
    ~PrintDesk();
    PrintDesk(const PrintDesk&) = delete;
    PrintDesk& operator=(const PrintDesk&) = delete;

    void print(PrintSlip order, SlipWords words);
    void print(PrintMemo order, MemoWords words);
    void print(PrintApplication order, MemoWords words);

  private:
    struct Job {
        std::string name;  // in the printer's queue and the log; not personal
        std::function<Result<Bytes, IoError>()> render;
        Event printed;
        std::function<Event(PrinterTrouble)> not_printed;
    };

    void queue(Job job);
    void work();
    Result<void, IoError> carry_out(const Job& job);

    std::unique_ptr<Printer> printer_;
    Paper paper_;
    Outbox& outbox_;

    std::mutex mutex_;  // guards all that follows
    std::condition_variable changed_;
    bool closing_ = false;
    std::deque<Job> jobs_;

    std::thread working_;
};

}  // namespace mado::kiosk
