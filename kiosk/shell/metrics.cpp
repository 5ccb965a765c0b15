#include "kiosk/shell/metrics.h"

#include <fmt/format.h>

namespace mado::kiosk {

namespace {

double seconds_of(Milliseconds duration) {
    return static_cast<double>(duration.count()) / 1000;
}

class Figures {
  public:
    void gauge(const char* name, const char* help, double value) {
        text_ += fmt::format(
            "# HELP madoguchi_{0} {1}\n# TYPE madoguchi_{0} gauge\nmadoguchi_{0} "
            "{2}\n",
            name, help, value);
    }
    void gauge(const char* name, const char* help, std::optional<Instant> time) {
        if (time) gauge(name, help, seconds_of(time->time_since_epoch()));
    }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

}  // namespace

std::string metrics_of(const device::Status& status, std::optional<bool> spoken) {
    const Backlog& backlog = status.backlog;
    Figures figures;
    figures.gauge("ready", "1: people are served.", status.ready ? 1 : 0);
    figures.gauge("online", "1: the server answered lately.", status.online ? 1 : 0);
    figures.gauge("fenced", "1: the server has shut this device out.", status.fenced ? 1 : 0);
    figures.gauge("slowed", "1: so many log-ins have missed that all are answered later.",
                  status.slowed ? 1 : 0);
    figures.gauge("events_unanswered", "Events that the server has not answered.",
                  static_cast<double>(backlog.unanswered));
    figures.gauge("events_unanswered_oldest_timestamp_seconds",
                  "When the oldest of them was written.", backlog.unanswered_since);
    figures.gauge("events_aside", "Events that the server keeps aside for a person.",
                  static_cast<double>(backlog.aside));
    figures.gauge("events_aside_oldest_timestamp_seconds", "When the oldest of them was written.",
                  backlog.aside_since);
    figures.gauge("rows_set_aside", "Rows here that cannot be read.",
                  static_cast<double>(status.set_aside));
    figures.gauge("feed_epoch", "The epoch of the feed that this device follows.",
                  static_cast<double>(status.cursor.epoch));
    figures.gauge("feed_number", "How far it has followed it.",
                  static_cast<double>(status.cursor.number));
    if (spoken) {
        figures.gauge("voice", "1: what was to be said last came out.", *spoken ? 1 : 0);
    }
    if (status.clock_offset) {
        figures.gauge("clock_offset_seconds", "The server's clock minus this one.",
                      seconds_of(*status.clock_offset));
    }
    return figures.take();
}

}  // namespace mado::kiosk
