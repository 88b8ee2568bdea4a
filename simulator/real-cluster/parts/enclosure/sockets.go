package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"unsafe"
)

// pairs are ports by the ports that lead to them.
type pairs map[int]int

func ports(name, usage string) pairs {
	all := pairs{}
	flag.Func(name, usage, func(value string) error {
		from, to, _ := strings.Cut(value, "=")
		listening, err := strconv.Atoi(from)
		if err != nil {
			return err
		}
		all[listening], err = strconv.Atoi(to)
		return err
	})
	return all
}

func local(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// controlPair makes the two ends over which sockets are handed out.
func controlPair() (*net.UnixConn, *os.File) {
	both, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_SEQPACKET|syscall.SOCK_CLOEXEC, 0)
	must(err)
	return control(both[0]), os.NewFile(uintptr(both[1]), "control")
}

func control(descriptor int) *net.UnixConn {
	file := os.NewFile(uintptr(descriptor), "control")
	defer file.Close()
	connection, err := net.FileConn(file)
	must(err)
	return connection.(*net.UnixConn)
}

// serveInner hands out sockets of this network: a listener for "listen PORT", a connection for
// "dial PORT", nothing where that fails. It ends the process when the outer one is gone.
func serveInner(asked *net.UnixConn) {
	request := make([]byte, 64)
	for {
		n, err := asked.Read(request)
		must(err)
		verb, port, _ := strings.Cut(string(request[:n]), " ")
		file, err := open(verb, "127.0.0.1:"+port)
		if err != nil {
			asked.Write([]byte(err.Error()))
			continue
		}
		_, _, err = asked.WriteMsgUnix([]byte("ok"), syscall.UnixRights(int(file.Fd())), nil)
		must(err)
		file.Close()
	}
}

func open(verb, address string) (*os.File, error) {
	if verb == "listen" {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		return listener.(*net.TCPListener).File()
	}
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	return connection.(*net.TCPConn).File()
}

// inside asks the inner process for sockets, one at a time.
type inside struct {
	mutex sync.Mutex
	inner *net.UnixConn
}

func (asker *inside) get(verb string, port int) (*os.File, error) {
	asker.mutex.Lock()
	defer asker.mutex.Unlock()
	if _, err := fmt.Fprintf(asker.inner, "%s %d", verb, port); err != nil {
		return nil, err
	}
	answer, rights := make([]byte, 256), make([]byte, syscall.CmsgSpace(4))
	n, rightsLength, _, _, err := asker.inner.ReadMsgUnix(answer, rights)
	if err != nil {
		return nil, err
	}
	if rightsLength == 0 {
		return nil, fmt.Errorf("%s", answer[:n])
	}
	messages, err := syscall.ParseSocketControlMessage(rights[:rightsLength])
	must(err)
	descriptors, err := syscall.ParseUnixRights(&messages[0])
	must(err)
	return os.NewFile(uintptr(descriptors[0]), verb), nil
}

// serveOuter opens all ways in and out, and returns; they stay open in the background.
func serveOuter(inner *net.UnixConn) {
	asker := &inside{inner: inner}
	for from, to := range out {
		file, err := asker.get("listen", from)
		must(err)
		listener, err := net.FileListener(file)
		must(err)
		go lead(listener, func() (net.Conn, error) { return net.Dial("tcp", local(to)) })
	}
	for from, to := range in {
		listener, err := net.Listen("tcp", local(from))
		must(err)
		go lead(listener, func() (net.Conn, error) {
			file, err := asker.get("dial", to)
			if err != nil {
				return nil, err
			}
			defer file.Close()
			return net.FileConn(file)
		})
	}
}

func lead(listener net.Listener, dial func() (net.Conn, error)) {
	for {
		caller, err := listener.Accept()
		must(err)
		go func() {
			defer caller.Close()
			called, err := dial()
			if err != nil {
				return
			}
			defer called.Close()
			go func() {
				io.Copy(called, caller)
				called.(*net.TCPConn).CloseWrite()
			}()
			io.Copy(caller, called)
		}()
	}
}

// raiseLoopback makes 127.0.0.1 of a new network answer.
func raiseLoopback() error {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(socket)
	request := struct {
		name  [16]byte
		flags uint16
		_     [22]byte
	}{flags: syscall.IFF_UP}
	copy(request.name[:], "lo")
	_, _, failed := syscall.Syscall(syscall.SYS_IOCTL, uintptr(socket), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request)))
	if failed != 0 {
		return failed
	}
	return nil
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
