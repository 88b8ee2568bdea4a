// enclosure [-in OUTSIDE=INSIDE]… [-out INSIDE=OUTSIDE]… -root FOLDER PROGRAM ARGUMENT…
//
// Runs a program that insists on its ports and folders where it cannot disturb anybody: in a network
// of its own, with FOLDER as its root. -in lets a port of 127.0.0.1 outside lead to one inside, -out
// one inside to one outside. Nothing is mounted, and no interface is made outside, so that nothing
// can be left behind. Who is not root becomes root of a user namespace.
//
// There are three processes: the outer one (this command) copies bytes; the inner one, in the new
// network, opens the sockets there and hands them out; the program is the inner one's child. Each
// dies with its parent.
package main

import (
	"errors"
	"flag"
	"log"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

var (
	root = flag.String("root", "", "folder that is / for the program")
	in   = ports("in", "a port outside that leads to one inside")
	out  = ports("out", "a port inside that leads to one outside")
)

func main() {
	// A parent-death signal means the thread that made the child: this one, which stays.
	runtime.LockOSThread()
	log.SetFlags(0)
	log.SetPrefix("enclosure: ")
	flag.Parse()
	if *root == "" || flag.NArg() == 0 {
		log.Fatal("which -root, and which program?")
	}
	if os.Getenv(innerMark) != "" {
		os.Unsetenv(innerMark)
		exit(runInner())
	}
	exit(runOuter())
}

const innerMark = "ENCLOSURE_INNER"

func runOuter() error {
	ours, theirs := controlPair()
	inner := exec.Command("/proc/self/exe", os.Args[1:]...)
	inner.Env = append(os.Environ(), innerMark+"=1")
	inner.Stdout, inner.Stderr = os.Stdout, os.Stderr
	inner.ExtraFiles = []*os.File{theirs}
	inner.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET, Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() != 0 {
		asRoot(inner.SysProcAttr)
	}
	if err := inner.Start(); err != nil {
		return err
	}
	theirs.Close()
	serveOuter(ours)
	return inner.Wait()
}

func asRoot(attributes *syscall.SysProcAttr) {
	attributes.Cloneflags |= syscall.CLONE_NEWUSER
	attributes.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
	attributes.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
}

func runInner() error {
	if err := raiseLoopback(); err != nil {
		return err
	}
	go serveInner(control(3))
	program := exec.Command(flag.Arg(0), flag.Args()[1:]...)
	program.Path, program.Err = flag.Arg(0), nil // It is looked up below the new root.
	program.Dir = "/"
	program.Stdout, program.Stderr = os.Stdout, os.Stderr
	program.SysProcAttr = &syscall.SysProcAttr{Chroot: *root, Pdeathsig: syscall.SIGKILL}
	return program.Run()
}

func exit(err error) {
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		os.Exit(max(ended.ExitCode(), 1))
	}
	if err != nil {
		log.Fatal(err)
	}
}
