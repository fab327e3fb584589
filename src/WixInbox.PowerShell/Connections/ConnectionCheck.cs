namespace WixInbox;

/// <summary>One thing that a connection is for, and whether it works.</summary>
public sealed class ConnectionCheck
{
    internal ConnectionCheck(string name, CheckResult result, string description)
    {
        Name = name;
        Result = result;
        Description = description;
    }

    /// <summary>Gets what was checked: Host, SignIn, ReadContacts, ReadMessages or SendMessages.</summary>
    public string Name { get; }

    /// <summary>Gets what was found out.</summary>
    public CheckResult Result { get; }

    /// <summary>Gets how that is known, and what to do where it does not work.</summary>
    public string Description { get; }

    /// <summary>Gets the result and how it is known.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Name}: {Result}. {Description}";
}
