@NullMarked
package io.firn.repository.tree;

import org.jspecify.annotations.NullMarked;
