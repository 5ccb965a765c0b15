#include "shared/platform/ipp_printer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <cups/cups.h>

namespace mado {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Whoever waits for the slip is told within three seconds: this much is left for making it.
constexpr milliseconds kSilenceMax{2000};
// A printer takes in a document no faster than it can, and must not be given up meanwhile: what it
// is given up with, it may print all the same.
constexpr milliseconds kSendingMax{8000};
// Whatever is left of the silence, an answer on its way gets this long.
constexpr milliseconds kAnswerMin{200};
constexpr milliseconds kBetweenLooks{250};
// A tray that is pushed in or a lid that is closed shows for a moment.
constexpr milliseconds kStoppedMax{2000};
constexpr std::size_t kNameBytesMax = 200;  // IPP allows 255

struct HttpClose {
    void operator()(http_t* http) const { httpClose(http); }
};
struct IppDelete {
    void operator()(ipp_t* ipp) const { ippDelete(ipp); }
};
using Http = std::unique_ptr<http_t, HttpClose>;
using Ipp = std::unique_ptr<ipp_t, IppDelete>;

// libcups would ask for a password on the terminal.
const char* no_password(const char*, http_t*, const char*, const char*, void*) {
    return nullptr;
}
int give_up(http_t*, void*) {
    return 0;
}

// RFC 8011 §5.4.12: a reason may carry its severity, and without one may be any. What a person must
// put right before paper comes out stops us whatever the printer calls it (a jam is a "-warning" to
// some while they still call the job processing); an empty tray that is only a warning is another
// tray than ours. A low toner and its like never stop us.
bool stops_printing(std::string_view reason) {
    constexpr std::array kAlways = {"cover-open", "door-open", "interlock-open",
                                    "media-jam",  "offline",   "media-needed",
                                    "paused",     "shutdown",  "stopping"};
    constexpr std::array kUnlessAWarning = {"connecting-to-device", "input-tray-missing",
                                            "media-empty", "output-area-full", "timed-out"};
    const auto is_among = [&](const auto& list, std::string_view word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    if (reason.ends_with("-error")) return true;
    if (reason.ends_with("-report")) return false;
    const std::string_view warning = "-warning";
    if (reason.ends_with(warning)) {
        return is_among(kAlways, reason.substr(0, reason.size() - warning.size()));
    }
    return is_among(kAlways, reason) || is_among(kUnlessAWarning, reason);
}

std::vector<std::string> words(const Ipp& answer, const char* name) {
    std::vector<std::string> found;
    ipp_attribute_t* const attribute = ippFindAttribute(answer.get(), name, IPP_TAG_ZERO);
    for (int i = 0; i < ippGetCount(attribute); ++i) {
        const char* const word = ippGetString(attribute, i, nullptr);
        if (word != nullptr && std::string_view(word) != "none") found.emplace_back(word);
    }
    return found;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts)
        all += (all.empty() ? "" : ",") + part;
    return all;
}

IoError unavailable(std::string what) {
    return {IoError::Kind::Unavailable, std::move(what)};
}

// What the printer says about itself.
struct PrinterState {
    bool stopped = false;
    bool accepting = true;
    std::vector<std::string> reasons;

    bool blocked() const {
        return stopped || std::any_of(reasons.begin(), reasons.end(), stops_printing);
    }
    IoError error() const { return unavailable(reasons.empty() ? "stopped" : joined(reasons)); }
};

PrinterState printer_state(const Ipp& answer) {
    PrinterState state;
    auto* const value = ippFindAttribute(answer.get(), "printer-state", IPP_TAG_ENUM);
    state.stopped = value != nullptr && ippGetInteger(value, 0) == IPP_PSTATE_STOPPED;
    auto* const accepting =
        ippFindAttribute(answer.get(), "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    state.accepting = accepting == nullptr || ippGetBoolean(accepting, 0) != 0;
    state.reasons = words(answer, "printer-state-reasons");
    return state;
}

bool has_integer(ipp_attribute_t* attribute, int wanted) {
    for (int i = 0; i < ippGetCount(attribute); ++i) {
        if (ippGetInteger(attribute, i) == wanted) return true;
    }
    return false;
}

struct Address {
    std::string uri;
    std::string host;
    int port = 0;
    std::string path;
    bool tls = false;
};

// A job that was given up while the printer could not be told so. It may still come out when the
// power is back, or have come out.
struct GivenUp {
    int job = 0;
    std::string name;
    Bytes pdf;
};

// One visit to the printer: a connection, opened when it is needed and again when it broke.
class Visit {
  public:
    // `given_up` is the printer's, from one visit to the next.
    Visit(const Address& address, std::optional<GivenUp>& given_up)
        : address_(address), given_up_(given_up) {
        cupsSetPasswordCB2(no_password, nullptr);
    }

    Result<void, IoError> print(const Document& document, Clock::time_point deadline) {
        const auto answer = MADO_TRY(ask_printer());
        if (MADO_TRY(came_out_after_all(document))) return {};
        const PrinterState state = printer_state(answer);
        if (state.blocked()) return fail(state.error());
        if (!state.accepting) return fail(unavailable("not-accepting-jobs"));
        const auto formats = words(answer, "document-format-supported");
        if (std::find(formats.begin(), formats.end(), "application/pdf") == formats.end()) {
            return fail(
                IoError{IoError::Kind::Refused, "the printer takes no PDF but " + joined(formats)});
        }
        auto* const operations =
            ippFindAttribute(answer.get(), "operations-supported", IPP_TAG_ENUM);
        const bool can_create = has_integer(operations, IPP_OP_CREATE_JOB) &&
                                has_integer(operations, IPP_OP_SEND_DOCUMENT);
        const auto job =
            can_create ? create_and_send(document) : job_from(send(IPP_OP_PRINT_JOB, document, {}));
        if (!job.ok()) return fail(job.error());
        return wait(*job, document, deadline);
    }

  private:
    Ipp new_request(ipp_op_t operation) const {
        Ipp request(ippNewRequest(operation));
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr,
                     address_.uri.c_str());
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name",
                     nullptr, "madoguchi");
        return request;
    }

    Ipp job_request(ipp_op_t operation, int job) const {
        Ipp request = new_request(operation);
        ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
        return request;
    }

    // How long it may be silent from now on.
    milliseconds silence_left() const {
        const auto silent = Clock::now() - heard_at_;
        return std::max(kAnswerMin,
                        std::chrono::ceil<milliseconds>(Clock::duration(kSilenceMax) - silent));
    }

    Result<void, IoError> connect() {
        if (http_ != nullptr) return {};
        http_.reset(
            httpConnect2(address_.host.c_str(), address_.port, nullptr, AF_UNSPEC,
                         address_.tls ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                         static_cast<int>(silence_left().count()), nullptr));
        if (http_ == nullptr) return fail(unavailable("offline: the printer is not reached"));
        return {};
    }

    Result<Ipp, IoError> exchange(const Ipp& request, const Bytes& data) {
        MADO_TRY(connect());
        const milliseconds patience = data.empty() ? silence_left() : kSendingMax;
        httpSetTimeout(http_.get(), std::chrono::duration<double>(patience).count(), give_up,
                       nullptr);
        const std::size_t length = ippLength(request.get()) + data.size();
        Ipp answer;
        auto status = cupsSendRequest(http_.get(), request.get(), address_.path.c_str(), length);
        if (status == HTTP_STATUS_CONTINUE && !data.empty()) {
            status = cupsWriteRequestData(http_.get(), reinterpret_cast<const char*>(data.data()),
                                          data.size());
        }
        if (status == HTTP_STATUS_CONTINUE) {
            answer.reset(cupsGetResponse(http_.get(), address_.path.c_str()));
        }
        if (answer == nullptr) {
            http_.reset();
            return fail(unavailable("offline: no answer from the printer"));
        }
        heard_at_ = Clock::now();
        const ipp_status_t said = ippGetStatusCode(answer.get());
        if (said < IPP_STATUS_REDIRECTION_OTHER_SITE) return answer;
        const bool busy = said >= IPP_STATUS_ERROR_INTERNAL;
        return fail(IoError{busy ? IoError::Kind::Unavailable : IoError::Kind::Refused,
                            ippErrorString(said)});
    }

    Result<Ipp, IoError> ask_printer() {
        static const char* const wanted[] = {"document-format-supported", "operations-supported",
                                             "printer-is-accepting-jobs", "printer-state",
                                             "printer-state-reasons"};
        const Ipp request = new_request(IPP_OP_GET_PRINTER_ATTRIBUTES);
        ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                      std::size(wanted), nullptr, wanted);
        return exchange(request, {});
    }

    static std::string queue_name(const Document& document) {
        std::string name = document.name.substr(0, kNameBytesMax);
        while (!is_utf8(name))
            name.pop_back();
        return name;
    }

    static void name_job(const Ipp& request, const Document& document) {
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr,
                     queue_name(document).c_str());
    }

    // Sends the document as a job of its own, or as that of a `job` that is there.
    Result<Ipp, IoError> send(ipp_op_t operation, const Document& document,
                              std::optional<int> job) {
        const Ipp request = job ? job_request(operation, *job) : new_request(operation);
        if (!job) name_job(request, document);
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
                     "application/pdf");
        if (job) ippAddBoolean(request.get(), IPP_TAG_OPERATION, "last-document", 1);
        return exchange(request, document.pdf);
    }

    static Result<int, IoError> job_from(const Result<Ipp, IoError>& answer) {
        if (!answer.ok()) return fail(answer.error());
        auto* const job = ippFindAttribute(answer->get(), "job-id", IPP_TAG_INTEGER);
        if (job == nullptr) return fail(unavailable("the printer named no job"));
        return ippGetInteger(job, 0);
    }

    // The job has a number before any of the document is sent, so that it can be cancelled
    // wherever the connection breaks, and does not come out when the next one is printed.
    Result<int, IoError> create_and_send(const Document& document) {
        const Ipp request = new_request(IPP_OP_CREATE_JOB);
        name_job(request, document);
        const int job = MADO_TRY(job_from(exchange(request, {})));
        const auto sent = send(IPP_OP_SEND_DOCUMENT, document, job);
        if (!sent.ok()) {
            if (!cancel(job).ok()) remember_given_up(job, document);
            return fail(sent.error());
        }
        return job;
    }

    Result<Ipp, IoError> cancel(int job) {
        return exchange(job_request(IPP_OP_CANCEL_JOB, job), {});
    }

    // The printer cannot be told now: the next visit does.
    void remember_given_up(int job, const Document& document) {
        given_up_ = GivenUp{job, queue_name(document), document.pdf};
    }

    // Whether the document is on paper already, by a job that was given up when the printer fell
    // silent. One that is still there is cancelled, so that no slip comes out twice; a printer that
    // lost its jobs with the power, or has given the number to another, knows of none.
    Result<bool, IoError> came_out_after_all(const Document& document) {
        if (!given_up_) return false;
        const GivenUp& before = *given_up_;
        const auto seen = ask_job(before.job);
        if (!seen.ok() && seen.error().kind == IoError::Kind::Unavailable) {
            return fail(seen.error());
        }
        bool came_out = false;
        if (seen.ok() && seen->name == before.name) {
            if (seen->state < IPP_JSTATE_CANCELED) (void)cancel(before.job);
            const auto ended = ask_job(before.job);
            came_out =
                ended.ok() && ended->state == IPP_JSTATE_COMPLETED && before.pdf == document.pdf;
        }
        given_up_.reset();
        return came_out;
    }

    struct JobState {
        int state = 0;
        std::string name;
        std::vector<std::string> reasons;
    };

    Result<JobState, IoError> ask_job(int job) {
        static const char* const wanted[] = {"job-name", "job-state", "job-state-reasons"};
        const Ipp request = job_request(IPP_OP_GET_JOB_ATTRIBUTES, job);
        ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                      std::size(wanted), nullptr, wanted);
        const auto answer = MADO_TRY(exchange(request, {}));
        auto* const state = ippFindAttribute(answer.get(), "job-state", IPP_TAG_ENUM);
        if (state == nullptr) return fail(unavailable("the printer named no job state"));
        const auto names = words(answer, "job-name");
        return JobState{ippGetInteger(state, 0), names.empty() ? "" : names.front(),
                        words(answer, "job-state-reasons")};
    }

    // The error that stands, or nothing where the paper came out all the same.
    Result<void, IoError> cancelled(int job, IoError why) {
        (void)cancel(job);
        const auto seen = ask_job(job);
        if (seen.ok() && seen->state == IPP_JSTATE_COMPLETED) return {};
        return fail(std::move(why));
    }

    Result<void, IoError> wait(int job, const Document& document, Clock::time_point deadline) {
        auto good_at = Clock::now();
        for (;;) {
            const auto seen = ask_job(job);
            if (seen.ok() && seen->state == IPP_JSTATE_COMPLETED) return {};
            if (seen.ok() && seen->state >= IPP_JSTATE_CANCELED) {
                return fail(unavailable(seen->reasons.empty() ? "aborted" : joined(seen->reasons)));
            }
            const auto answer = ask_printer();
            const auto now = Clock::now();
            if (answer.ok() && seen.ok()) {
                const PrinterState state = printer_state(*answer);
                if (!state.blocked() && seen->state != IPP_JSTATE_STOPPED) good_at = now;
                if (now - good_at > kStoppedMax) return cancelled(job, state.error());
            }
            if (now - heard_at_ > kSilenceMax) {
                remember_given_up(job, document);
                return fail(unavailable("offline: no answer from the printer"));
            }
            if (now > deadline) return cancelled(job, unavailable("timed-out"));
            std::this_thread::sleep_for(kBetweenLooks);
        }
    }

    const Address& address_;
    std::optional<GivenUp>& given_up_;
    Http http_;
    Clock::time_point heard_at_ = Clock::now();
};

class IppPrinter final : public Printer {
  public:
    IppPrinter(Address address, std::chrono::seconds patience)
        : address_(std::move(address)), patience_(patience) {}

    Result<void, IoError> print(const Document& document) override {
        return Visit(address_, given_up_).print(document, Clock::now() + patience_);
    }

  private:
    Address address_;
    std::chrono::seconds patience_;
    std::optional<GivenUp> given_up_;
};

}  // namespace

Result<std::unique_ptr<Printer>, IoError> ipp_printer(const std::string& address,
                                                      std::chrono::seconds patience) {
    char scheme[32];
    char user[256];
    char host[256];
    char path[1024];
    int port = 0;
    const auto status =
        httpSeparateURI(HTTP_URI_CODING_ALL, address.c_str(), scheme, sizeof scheme, user,
                        sizeof user, host, sizeof host, &port, path, sizeof path);
    const bool tls = std::string_view(scheme) == "ipps";
    if (status < HTTP_URI_STATUS_OK || host[0] == '\0' ||
        (!tls && std::string_view(scheme) != "ipp")) {
        return fail(IoError{IoError::Kind::Refused, "not the address of an IPP printer"});
    }
    return std::make_unique<IppPrinter>(Address{address, host, port, path, tls}, patience);
}

}  // namespace mado
