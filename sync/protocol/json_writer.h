#pragma once

// Writes JSON for this folder's own files, members in the order of the calls, so that the same
// message is always the same bytes.

#include "shared/base/text.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace mado::sync {

class JsonWriter {
  public:
    JsonWriter() = default;

    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_list();
    JsonWriter& end_list();
    JsonWriter& name(std::string_view name);
    JsonWriter& integer(std::int64_t number);
    JsonWriter& boolean(bool value);
    // Bytes that are no UTF-8 are written as U+FFFD: one spoilt text must not make a whole message
    // unreadable to the other end.
    JsonWriter& text(std::string_view text);
    JsonWriter& bytes(std::span<const std::uint8_t> bytes) { return text(to_base64url(bytes)); }

    std::string take() { return std::move(out_); }

  private:
    void separate();

    std::string out_;
    bool first_ = true;  // nothing stands before it in this object or list
};

}  // namespace mado::sync
