#pragma once

// One file of a simulated disk: the bytes that programs see, the bytes that a power cut would
// leave for certain, and the writes in between, whose fate only the cut decides.
//
// It is meant to be at least as cruel as ext4 in ordered mode on a drive that loses its cache. Each
// unsynced write is lost or kept by itself, in any order, since the page cache writes back what it
// likes when it likes; two writes to one sector as well, where a real drive would keep their order.
// A write that was under way is torn at sectors of 512 bytes: a beginning or any of them are new,
// the others old or zero. A write never changes bytes outside of its range, as SQLite assumes on
// Linux too (powersafe overwrite). Where a write beyond the old end is kept and those before it are
// not, the hole reads as zeros.

#include "tests/support/dice.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace mado::tests {

using Bytes = std::vector<std::uint8_t>;

// What a power cut did to unsynced writes.
struct CutLosses {
    int lost = 0;
    int torn = 0;
};

// Locks and shared memory of the connections to a file; they end with the process.
struct Connections;

class DiskFile {
  public:
    // All of it durable.
    explicit DiskFile(Bytes bytes) : seen_(std::move(bytes)), durable_(seen_) {}

    const Bytes& bytes() const { return seen_; }
    bool unsynced() const { return !changes_.empty(); }

    // `offset` may lie beyond the end.
    void write(std::size_t offset, std::span<const std::uint8_t> bytes);
    // Makes it shorter or, with zeros, longer.
    void resize(std::size_t bytes);
    void sync();
    // What Linux does where writing back fails: of each unsynced write it holds by chance that it
    // is durable, or that it never will be although programs still read it and the next sync
    // succeeds.
    void sync_in_vain(Dice& dice);
    // Programs see from now on what the disk has. `kept_percent` of the unsynced writes survive.
    CutLosses cut_power(int kept_percent, Dice& dice);

    std::weak_ptr<Connections> connections;

  private:
    struct Change {
        bool resizes;
        std::size_t offset;  // or the new size
        std::size_t first;   // its bytes in pool_
        std::size_t count;
    };

    void make_durable(const Change& change);
    enum class Left { All, Nothing, Parts };
    Left tear(const Change& change, Dice& dice);
    void forget_changes();

    Bytes seen_;
    Bytes durable_;
    std::vector<Change> changes_;
    Bytes pool_;
};

}  // namespace mado::tests
