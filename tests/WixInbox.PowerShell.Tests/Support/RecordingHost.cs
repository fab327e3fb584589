using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// A host, of 80 columns unless told otherwise, that keeps what it is told to show, and answers what it is asked.
/// </summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingInterface _interface;

    public RecordingHost(int width = 80)
    {
        _interface = new RecordingInterface(this, new Size(width, 50));
    }

    public List<string> Lines { get; } = [];

    public List<string> Questions { get; } = [];

    public Queue<int> Answers { get; init; } = new();

    /// <summary>Gets what is typed at a prompt, by its label; null for a host that refuses to prompt.</summary>
    public Dictionary<string, object>? Typed { get; init; }

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Tests";

    public override PSHostUserInterface UI => _interface;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class RecordingInterface(RecordingHost host, Size size) : PSHostUserInterface
    {
        public override PSHostRawUserInterface RawUI { get; } = new Screen(size);

        public override Dictionary<string, PSObject> Prompt(
            string caption, string message, Collection<FieldDescription> descriptions)
        {
            host.Questions.AddRange(descriptions.Select(field => $"{field.Label} ({field.ParameterTypeName})"));
            return host.Typed is { } typed
                ? descriptions.Select(field => field.Label).Where(typed.ContainsKey)
                    .ToDictionary(label => label, label => new PSObject(typed[label]))
                : throw new InvalidOperationException("A prompt, where there should be none: " + message);
        }

        public override int PromptForChoice(
            string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            host.Questions.Add(message);
            return host.Answers.Dequeue();
        }

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName,
            PSCredentialTypes allowedCredentialTypes,
            PSCredentialUIOptions options) => throw new NotSupportedException();

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override void Write(string value) => host.Lines.Add(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
            host.Lines.Add(value);

        public override void WriteLine(string value) => host.Lines.Add(value);

        public override void WriteDebugLine(string message) => host.Lines.Add(message);

        public override void WriteErrorLine(string value) => host.Lines.Add(value);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override void WriteVerboseLine(string message) => host.Lines.Add(message);

        public override void WriteWarningLine(string message) => host.Lines.Add(message);
    }

    private sealed class Screen(Size size) : PSHostRawUserInterface
    {
        public override ConsoleColor BackgroundColor { get; set; }

        public override Size BufferSize { get; set; } = size;

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override bool KeyAvailable => false;

        public override Size MaxPhysicalWindowSize => BufferSize;

        public override Size MaxWindowSize => BufferSize;

        public override Coordinates WindowPosition { get; set; }

        public override Size WindowSize { get; set; } = size;

        public override string WindowTitle { get; set; } = string.Empty;

        // As a console counts them: East Asian characters are two cells wide, and each half of a pair is one.
        public override int LengthInBufferCells(char source) =>
            source is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3')
                or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFF60')
                ? 2
                : 1;

        public override int LengthInBufferCells(string source) => source.Sum(LengthInBufferCells);

        public override void FlushInputBuffer()
        {
        }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

        public override void ScrollBufferContents(
            Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
        {
        }

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
        {
        }

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
        {
        }
    }
}
