/// Which points stay and which go: keep rules with restic's meaning, protections, and the plan that
/// a forget carries out.
@NullMarked
package io.firn.retention;

import org.jspecify.annotations.NullMarked;
