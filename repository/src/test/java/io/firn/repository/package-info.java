@NullMarked
package io.firn.repository;

import org.jspecify.annotations.NullMarked;
