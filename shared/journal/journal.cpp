#include "shared/journal/journal.h"
