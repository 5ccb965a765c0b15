#pragma once

// Strict, bounded reading of JSON, for this folder's own files.
//
// parse_json() takes a whole text or says what is wrong with it: depth, number of values and bytes
// are bounded, a member that stands twice in an object is refused, text is UTF-8. JsonObject then
// takes members out of an object one by one. Each error names the member by its path
// ("slots[3].vaccine: …") and never says its value, which may be a person's.

#include "shared/base/result.h"
#include "sync/protocol/messages.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mado::sync {

struct JsonLimits {
    std::size_t bytes_max;
    std::size_t values_max;
};

class JsonValue {
  public:
    struct Member;
    struct Null {};
    // A number that is no 64-bit integer: nothing on this wire is measured in fractions.
    struct OtherNumber {};
    using Array = std::vector<JsonValue>;
    using Object = std::vector<Member>;
    using Held = std::variant<Null, bool, std::int64_t, OtherNumber, std::string, Array, Object>;

    explicit JsonValue(Held held);

    template <class T>
    const T* as() const {
        return std::get_if<T>(&held_);
    }

  private:
    Held held_;
};

struct JsonValue::Member {
    std::string name;
    JsonValue value;
};

// Here, since clang wants a whole Member for it.
inline JsonValue::JsonValue(Held held) : held_(std::move(held)) {}

Result<JsonValue, WireError> parse_json(std::string_view text, JsonLimits limits);

// Where in a message a value stands. Places point to the one around them and live on the stack of
// the reading; the text is made only for an error.
class JsonPlace {
  public:
    JsonPlace() = default;
    JsonPlace(const JsonPlace& outer, std::string_view name) : outer_(&outer), name_(name) {}
    JsonPlace(const JsonPlace& outer, std::size_t index) : outer_(&outer), index_(index) {}

    WireError wrong(std::string_view why) const;
    std::string text() const;

  private:
    const JsonPlace* outer_ = nullptr;
    std::string_view name_;
    std::size_t index_ = 0;
};

// What a line of text may hold beside the number of its bytes.
enum class LineRule { MayBeEmpty, NotEmpty };

// The members of one object, by name. Members that nobody asks for are skipped.
class JsonObject {
  public:
    static Result<JsonObject, WireError> of(const JsonValue& value, const JsonPlace& place);

    // Whether the member is there and not null.
    bool has(std::string_view name) const;
    WireError wrong(std::string_view name, std::string_view why) const;

    Result<std::int64_t, WireError> integer(std::string_view name, std::int64_t least,
                                            std::int64_t most) const;
    Result<bool, WireError> boolean(std::string_view name) const;
    // Any text of at most so many bytes.
    Result<std::string, WireError> text(std::string_view name, std::size_t bytes_max) const;
    // Text without control characters: what a screen shows on one line.
    Result<std::string, WireError> line(std::string_view name, std::size_t bytes_max,
                                        LineRule rule = LineRule::NotEmpty) const;
    // A name of ours: 1 to `bytes_max` ASCII letters, digits, '-' and '_'.
    Result<std::string, WireError> word(std::string_view name, std::size_t bytes_max) const;
    // Base64url of exactly so many bytes; the bytes.
    Result<std::string, WireError> bytes(std::string_view name, std::size_t count) const;

    // What `read(const JsonObject&)` makes of the object in this member.
    template <class Read>
    auto object(std::string_view name, Read read) const
        -> decltype(read(std::declval<const JsonObject&>())) {
        const auto* value = MADO_TRY(member(name));
        const JsonPlace place(*place_, name);
        const auto inner = MADO_TRY(of(*value, place));
        return read(inner);
    }

    // What `read` makes of each object in this member's array of at most `count_max`.
    template <class Read>
    auto list(std::string_view name, std::size_t count_max, Read read) const
        -> Result<std::vector<typename decltype(read(std::declval<const JsonObject&>()))::Value>,
                  WireError> {
        const auto* array = MADO_TRY(array_of(name, count_max));
        const JsonPlace place(*place_, name);
        std::vector<typename decltype(read(std::declval<const JsonObject&>()))::Value> found;
        found.reserve(array->size());
        for (std::size_t i = 0; i < array->size(); ++i) {
            const JsonPlace item_place(place, i);
            const auto item = MADO_TRY(of((*array)[i], item_place));
            auto value = MADO_TRY(read(item));
            found.push_back(std::move(value));
        }
        return found;
    }

    // An array of texts, at most `count_max` of at most `bytes_max` bytes.
    Result<std::vector<std::string>, WireError> texts(std::string_view name, std::size_t count_max,
                                                      std::size_t bytes_max) const;

  private:
    JsonObject(const JsonValue::Object& members, const JsonPlace& place)
        : members_(&members), place_(&place) {}

    const JsonValue* find(std::string_view name) const;
    Result<const JsonValue*, WireError> member(std::string_view name) const;
    Result<const JsonValue::Array*, WireError> array_of(std::string_view name,
                                                        std::size_t count_max) const;

    const JsonValue::Object* members_;
    const JsonPlace* place_;
};

// The whole of a message: parses `json` and hands its top object to `read`.
template <class Read>
auto read_message(std::string_view json, JsonLimits limits, Read read)
    -> decltype(read(std::declval<const JsonObject&>())) {
    const auto value = MADO_TRY(parse_json(json, limits));
    const JsonPlace top;
    const auto object = MADO_TRY(JsonObject::of(value, top));
    return read(object);
}

}  // namespace mado::sync
