namespace WixInbox;

/// <summary>What works over a connection: the result of Test-WixInboxConnection.</summary>
public sealed class ConnectionTest
{
    internal ConnectionTest(WixInboxConnection connection, IReadOnlyList<ConnectionCheck> checks, long requests)
    {
        Connection = connection;
        Checks = checks;
        Requests = requests;
    }

    /// <summary>Gets the connection.</summary>
    public WixInboxConnection Connection { get; }

    /// <summary>Gets a value indicating whether all of it works.</summary>
    public bool Succeeded => Checks.All(check => check.Result == CheckResult.Passed);

    /// <summary>Gets what was checked, in the order in which one needs the other.</summary>
    public IReadOnlyList<ConnectionCheck> Checks { get; }

    /// <summary>Gets how many requests the connection made for it.</summary>
    public long Requests { get; }

    /// <summary>Gets the connection and whether all of it works.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
    {
        var others = Checks.Where(check => check.Result != CheckResult.Passed)
            .Select(check => $"{check.Name} {check.Result}");
        return $"{Connection}: {(Succeeded ? "works" : string.Join(", ", others))}";
    }
}
