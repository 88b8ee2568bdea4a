@NullMarked
package io.firn.repository.config;

import org.jspecify.annotations.NullMarked;
