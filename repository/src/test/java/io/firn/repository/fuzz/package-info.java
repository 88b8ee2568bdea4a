/// Parsers fed with anything: they answer or say what is wrong, and never fail in another way.
@NullMarked
package io.firn.repository.fuzz;

import org.jspecify.annotations.NullMarked;
