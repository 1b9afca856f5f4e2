using System.Net;
using Microsoft.AspNetCore.Http;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Web;

namespace Remit.Tests.Access;

/// <summary>Limits that cannot be stepped around by many addresses, and answers that name no account.</summary>
public sealed class Who_counts_as_one
{
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void A_household_of_IPv6_is_one_and_a_mapped_address_is_its_own(string one, string other, bool same) =>
        Assert.Equal(same, Limits.Of(From(one)) == Limits.Of(From(other)));

    [Fact]
    public void Who_has_no_password_yet_is_refused_every_password_and_by_the_same_work()
    {
        var invited = Person.Join("Ivan", "ivan@example.com", Role.Manager, "en");
        Assert.False(invited.Knows(""));
        Assert.False(invited.Knows("whatever it is"));
        Assert.Equal("", invited.PasswordHash);
    }

    private static HttpContext From(string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return http;
    }
}
