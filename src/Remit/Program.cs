using Remit;

return await (args.FirstOrDefault() is { } verb && Commands.Knows(verb)
    ? Commands.Run(args)
    : Node.Serve(args));
