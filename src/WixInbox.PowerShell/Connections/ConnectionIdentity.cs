using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox;

/// <summary>
/// Says which connection is meant: a connection itself, or the name that Connect-WixInbox -Name gave it.
/// </summary>
public sealed class ConnectionIdentity
{
    /// <summary>Initializes a new instance of the <see cref="ConnectionIdentity"/> class.</summary>
    /// <param name="connection">The connection.</param>
    public ConnectionIdentity(WixInboxConnection connection)
    {
        Connection = connection ?? throw new ArgumentNullException(nameof(connection));
    }

    /// <summary>Initializes a new instance of the <see cref="ConnectionIdentity"/> class.</summary>
    /// <param name="name">
    /// The name, as text or as another value that a row has, such as a number. An empty one names no connection.
    /// </param>
    public ConnectionIdentity(object? name)
    {
        Connection = RowValues.Unwrap(name) as WixInboxConnection;
        Name = Connection is null ? RowValues.Given(LanguagePrimitives.ConvertTo<string>(name)) : null;
        IsCopy = name is not null
            && PSObject.AsPSObject(name).TypeNames.Contains("Deserialized." + typeof(WixInboxConnection).FullName);
    }

    /// <summary>Gets a value indicating whether it names no connection, as an empty column does.</summary>
    internal bool IsEmpty => Connection is null && Name is null;

    /// <summary>
    /// Gets a value indicating whether it is a copy of a connection from a file, a job or another computer, without its
    /// secret and its sockets.
    /// </summary>
    internal bool IsCopy { get; }

    internal WixInboxConnection? Connection { get; }

    internal string? Name { get; }

    /// <summary>Gets the name, or where the connection leads.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Name ?? Connection?.ToString() ?? string.Empty;
}
