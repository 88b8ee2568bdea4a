/// Where a repository's files rest: the smallest contract that the engine needs, and the local and
/// in-memory backends.
@NullMarked
package io.firn.repository.backend;

import org.jspecify.annotations.NullMarked;
