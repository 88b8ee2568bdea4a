/// A cluster in memory for tests of plans and runs.
@NullMarked
package io.firn.fake;

import org.jspecify.annotations.NullMarked;
