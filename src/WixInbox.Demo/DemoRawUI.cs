using System.Management.Automation.Host;

namespace WixInbox.Demo;

/// <summary>Tells the engine how wide a line is. Nothing else of a terminal is needed.</summary>
internal sealed class DemoRawUI : PSHostRawUserInterface
{
    private static readonly Size s_size = new(Width(), 50);

    public override Size BufferSize { get => s_size; set => throw NotHere(); }

    public override Size WindowSize { get => s_size; set => throw NotHere(); }

    public override Size MaxWindowSize => s_size;

    public override Size MaxPhysicalWindowSize => s_size;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; }

    public override string WindowTitle { get; set; } = "WixInbox";

    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotHere();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NotHere();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotHere();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotHere();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotHere();

    // A file has no width, and some terminals do not know theirs.
    private static int Width() => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? 100 : Math.Clamp(Console.WindowWidth, 80, 120);

    private static NotSupportedException NotHere() => new("The demo has no such terminal.");
}
