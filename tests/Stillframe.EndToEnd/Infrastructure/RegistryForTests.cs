using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Stillframe.EndToEnd.Infrastructure;

public class RegistryForTests(RegistryFixture fixture) : IClassFixture<RegistryFixture>
{
    [NeedsFact(Need.Registry)]
    public async Task Answers()
    {
        using var client = new HttpClient();
        Assert.Equal("{}", (await client.GetStringAsync(new Uri($"http://{fixture.Registry.Host}/v2/"))).Trim());
    }

    [NeedsFact(Need.Registry)]
    public async Task With_a_password_lets_only_its_account_in()
    {
        await using var registry = await LocalRegistry.StartAsync(withPassword: true);
        using var client = new HttpClient();
        var address = new Uri($"http://{registry.Host}/v2/");
        using var refused = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.User}:{LocalRegistry.Password}")));
        using var accepted = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }
}
