using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Connections;

/// <summary>The connections that the rows of a cmdlet go to: the cmdlet's own, and those that rows name in a column Connection or SiteId.</summary>
internal sealed class RowConnections
{
    // The names of the parameters, which each cmdlet that takes rows has.
    private const string Connection = "Connection";
    private const string SiteId = "SiteId";

    private readonly PSCmdlet _cmdlet;
    private readonly bool _isTyped;
    private readonly bool _isRehearsal;

    /// <summary>Initializes a new instance of the <see cref="RowConnections"/> class, before the first row. The cmdlet ends with an error if no row could be worked on.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="typed">The value of its parameter Connection.</param>
    /// <param name="isRehearsal">Whether it makes no request, and needs no connection.</param>
    public RowConnections(PSCmdlet cmdlet, ConnectionIdentity? typed, bool isRehearsal)
    {
        _isRehearsal = isRehearsal;
        _cmdlet = cmdlet;
        _isTyped = cmdlet.MyInvocation.BoundParameters.ContainsKey(Connection);
        Own = cmdlet.FindConnection(_isTyped ? typed ?? new ConnectionIdentity((object?)null) : null, out var problem);

        // Rows that name theirs need no default, and neither does a site that is typed.
        var mayBeNamed = cmdlet.MyInvocation.ExpectingInput || cmdlet.MyInvocation.BoundParameters.ContainsKey(SiteId);
        var isNeeded = !isRehearsal && !(mayBeNamed && SessionConnections.Names(cmdlet).Count > 0);
        if (problem is not null && (isNeeded || _isTyped))
        {
            cmdlet.ThrowTerminatingError(problem);
        }
    }

    /// <summary>Gets the connection of the rows that name none: the one that was typed, or else the runspace's own; null if there is none.</summary>
    public WixInboxConnection? Own { get; }

    /// <summary>Gets a value indicating whether rows say where they go: then a connection that fails ends its own rows, and not the run.</summary>
    public bool AreNamed { get; private set; }

    /// <summary>Finds the connection of a row: the one that it names, unless one was typed, or else the one to its site, or else the cmdlet's own.</summary>
    /// <param name="row">The row.</param>
    /// <param name="named">The connection that it names, if it does.</param>
    /// <param name="siteId">The site that it names, if it does.</param>
    /// <param name="problem">Why there is none that can be used.</param>
    /// <returns>The connection; null if there is none, which in a rehearsal is no problem.</returns>
    public WixInboxConnection? Find(Row row, ConnectionIdentity? named, string? siteId, out ErrorRecord? problem)
    {
        named = _isTyped || named is { IsEmpty: true } ? null : named;
        var site = RowIds.Given(siteId);

        // The module's own objects always have the property, and it is empty where their connection has no name.
        AreNamed = AreNamed || named is not null || site is not null || (row.Columns?.BaseObject is not WixObject && (row.HasColumnFor(Connection) || row.HasColumnFor(SiteId)));
        if (named is not null)
        {
            return _cmdlet.FindConnection(named, out problem);
        }

        if (site is not null)
        {
            return _cmdlet.FindConnectionOfSite(site, Own, out problem);
        }

        problem = Own switch
        {
            { Closed: true } => ConnectionErrors.Closed(Own),
            null when !_isRehearsal => ConnectionErrors.NotConnected(SessionConnections.Names(_cmdlet)),
            _ => null,
        };
        return Own;
    }
}
