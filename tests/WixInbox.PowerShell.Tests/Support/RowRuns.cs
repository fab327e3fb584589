namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// For tests of what becomes of rows: over a stub, with a conversation <c>$c</c> and a row <c>Row</c>.
/// </summary>
public abstract class RowRuns : IDisposable
{
    private protected RowRuns()
    {
        Engine = Engine.ConnectedTo(Handler, name: "own");
        Engine.Set("c", Engine.Guid1);
        Engine.Run("function Row { [pscustomobject]@{ ConversationId = $c; 'First Name' = 'Ada'; Order = '10403' } }");
    }

    private protected StubHandler Handler { get; } = new();

    private protected Engine Engine { get; }

    public void Dispose()
    {
        Engine.Dispose();
        Handler.Dispose();
        GC.SuppressFinalize(this);
    }
}
