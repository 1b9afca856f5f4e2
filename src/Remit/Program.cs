using System.Text;
using Remit;

if (!Commands.AreMeant(args))
    args = ["serve", .. args];

// Four alphabets, whatever the terminal's locale claims.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await Commands.Run(args);
