public import ArgumentParser
public import CloneFuzzing

extension FuzzTarget: ExpressibleByArgument {}
