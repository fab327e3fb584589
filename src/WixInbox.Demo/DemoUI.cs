using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace WixInbox.Demo;

/// <summary>Writes to the console what the engine shows: in colour on a terminal, plain in a file, as <c>pwsh</c> does.</summary>
internal sealed class DemoUI : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new DemoRawUI();

    public override bool SupportsVirtualTerminal { get; } =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public override void Write(string value) => Console.Out.Write(Shown(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Console.Out.WriteLine(Shown(value));

    public override void WriteErrorLine(string value)
    {
        // Every error ends with an empty line, which pwsh does not show either.
        if (!string.IsNullOrEmpty(value))
        {
            (Console.IsErrorRedirected ? Console.Error : Console.Out).WriteLine(Shown(Coloured(PSStyle.Instance.Formatting.Error, value)));
        }
    }

    public override void WriteWarningLine(string message) => WriteLine(Coloured(PSStyle.Instance.Formatting.Warning, "WARNING: " + message));

    public override void WriteVerboseLine(string message) => WriteLine(Coloured(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message));

    public override void WriteDebugLine(string message) => WriteLine(Coloured(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message));

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => Console.In.ReadLine() ?? throw new PSInvalidOperationException("There is nobody to answer: the input has ended.");

    /// <summary>Asks what <c>-Confirm</c> asks.</summary>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        // An ampersand stands before the letter that is typed.
        var letters = choices.Select(choice => choice.Label[choice.Label.IndexOf('&') + 1].ToString().ToUpperInvariant()).ToList();
        WriteLine(caption);
        WriteLine(message);
        while (true)
        {
            Write(string.Join("  ", choices.Zip(letters, (choice, letter) => $"[{letter}] {choice.Label.Replace("&", string.Empty)}")));
            Write(defaultChoice >= 0 ? $" (default is \"{letters[defaultChoice]}\"): " : ": ");
            var answer = ReadLine().Trim();
            var index = answer.Length == 0 ? defaultChoice : letters.FindIndex(letter => letter.Equals(answer, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
            {
                return index;
            }
        }
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException($"A value is missing: {string.Join(", ", descriptions.Select(field => field.Name))}.");

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException("The demo does not ask for secrets.");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException("The demo does not ask for secrets.");

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private static string Coloured(string style, string text) => style + text + PSStyle.Instance.Reset;

    // Takes the colours away where they would not be seen as such: the format views put them into everything.
    private string Shown(string text) => GetOutputString(text, SupportsVirtualTerminal);
}
