#include "sync/server/store/model.h"
